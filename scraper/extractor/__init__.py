"""Pure: bytes in, Article out."""
