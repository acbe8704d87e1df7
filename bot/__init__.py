"""Fascicle: serial fiction, published and read in chat."""

__version__ = "0.1.0"
