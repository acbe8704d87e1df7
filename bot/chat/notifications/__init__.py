"""Notices to single people and to those who manage a guild."""
