"""Subscriptions of channels and of single readers."""
