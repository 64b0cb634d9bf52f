"""Full-text search: the index, how words are spelled and inflected, and what a person's words ask of it."""
