"""Releases and editions."""
