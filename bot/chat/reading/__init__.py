"""The private reader, and page turns by reactions."""
