"""Stored pages through today's extractor and rules."""
