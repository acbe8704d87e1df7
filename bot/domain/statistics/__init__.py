"""Counters of readers, votes and comments."""
