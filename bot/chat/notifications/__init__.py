"""Private messages and their texts."""
