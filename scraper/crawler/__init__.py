"""The network: feeds, pages, robots, politeness."""
