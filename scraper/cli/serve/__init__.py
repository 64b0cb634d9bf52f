"""The archive in Datasette: what it says of tables and columns (metadata), and a page to read an article (reading)."""
