"""Pieces of a web page in a text that was copied from one."""
