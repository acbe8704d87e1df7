"""Readers' bookmarks."""
