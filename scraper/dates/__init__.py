"""Dates and times as people and machines write them: the forms, the words, and what a text says. Pure."""
