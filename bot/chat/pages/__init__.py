"""Pages of chapters, as posts and the private reader show them."""
