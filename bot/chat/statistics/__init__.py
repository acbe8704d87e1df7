"""Statistics of a story, for its authors."""
