"""The file: its opening, its schema and migrations, its transactions."""
