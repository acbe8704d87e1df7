"""Bookmarks and votes."""
