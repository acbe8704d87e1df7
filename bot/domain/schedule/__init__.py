"""The schedule language."""
