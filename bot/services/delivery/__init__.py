"""Delivering released chapters."""
