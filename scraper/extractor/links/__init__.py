"""Links to other articles: lists found by meaning, neighbours, links in the text."""
