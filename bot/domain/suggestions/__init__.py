"""Suggestions, their states, credits and panels."""
