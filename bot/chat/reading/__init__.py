"""The private reader, pages and reactions."""
