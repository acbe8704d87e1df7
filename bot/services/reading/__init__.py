"""The private reader, bookmarks and page turns."""
