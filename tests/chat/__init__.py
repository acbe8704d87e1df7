"""Tests of the Discord edge: pure ones of what is rendered and sorted, live ones against the sandbox."""
