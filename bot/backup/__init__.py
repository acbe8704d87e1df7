"""Backup and restore of the database and the content folder together."""
