"""Subscriptions, parking and guilds."""
