"""The calendar of releases: /author publish, delay, hiatus and continue."""
