"""What is known of a CMS, theme or site: TOML data, and its application to a page."""
