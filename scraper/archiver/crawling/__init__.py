"""A crawl's memory: feeds, entries, the queue, requests, hosts, runs."""
