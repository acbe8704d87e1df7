"""Subscriptions of channels and readers to stories."""
