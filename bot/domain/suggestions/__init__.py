"""Readers' suggestions."""
