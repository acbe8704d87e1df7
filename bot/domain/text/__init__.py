"""Folding, searching, comparing and escaping text."""
