"""Releases and the release calendar."""
