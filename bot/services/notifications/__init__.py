"""Private notifications."""
