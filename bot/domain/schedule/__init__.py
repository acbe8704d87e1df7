"""Schedules: their language, their slots, and the release calendar built on them."""
