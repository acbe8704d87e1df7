"""Pages of chapters, cached."""
