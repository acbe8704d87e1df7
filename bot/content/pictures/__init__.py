"""Pictures of stories and chapters."""
