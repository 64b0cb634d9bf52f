"""How sites show their past: pages of feeds and lists, the REST API of WordPress, lists of web archives. Pure."""
