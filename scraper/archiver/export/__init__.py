"""Ways out of the archive: its rows and articles written as files that other programs read."""
