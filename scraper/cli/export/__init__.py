"""Commands that write what is kept here for other programs."""
