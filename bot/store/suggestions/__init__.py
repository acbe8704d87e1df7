"""Suggestions, their supporters, review queue, panels, polls and credits."""
