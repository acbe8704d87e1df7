"""Authors' changes to their stories from Discord."""
