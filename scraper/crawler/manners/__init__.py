"""Manners: what a host may be asked, and how often."""
