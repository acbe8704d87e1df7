"""Releases: publishing chapters on schedule, and revisions of released ones."""
