"""Commands about what is kept: search, show, diff, status, why, delete, db."""
