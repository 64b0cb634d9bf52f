"""What comes from files and other archives: how far each came, and sights of a time gone by."""
