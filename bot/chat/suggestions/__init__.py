"""Suggestions: submitting and supporting them, the review queue, boards and polls."""
