"""Reads, votes and comments."""
