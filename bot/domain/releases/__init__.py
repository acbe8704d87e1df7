"""Releases and their revisions."""
