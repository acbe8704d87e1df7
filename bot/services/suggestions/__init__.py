"""Suggestions, the review queue, boards, polls, credits."""
