"""Click commands, one file per group: the only code that prints."""
