"""Comparing, searching and showing text."""
