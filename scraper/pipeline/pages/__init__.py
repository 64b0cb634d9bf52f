"""From pages to records: extraction here or in other processes, and articles in several pages."""
