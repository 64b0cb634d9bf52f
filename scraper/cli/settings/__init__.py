"""Commands that make and change the settings: init, config, add, feeds, and lists of feeds."""
