"""Releases, their editions and pictures."""
