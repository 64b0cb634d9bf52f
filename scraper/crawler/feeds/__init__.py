"""Feeds read: bytes to a Feed record."""
