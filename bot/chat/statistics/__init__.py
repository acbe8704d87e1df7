"""/author stats."""
