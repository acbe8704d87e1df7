"""Tests of the library and the help."""
