"""Periodic background jobs, and what keeps them running."""
