"""Marks of other editors and sites, one module each."""
