"""Sharing a line of a story as a picture."""
