"""Bookmarks, votes and chapter reads."""
