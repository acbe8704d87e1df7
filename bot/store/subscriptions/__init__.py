"""Subscriptions and guilds."""
