"""Imports: pages that files hold, through the decisions and tables of a crawl; archived stories; addresses."""
