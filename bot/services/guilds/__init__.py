"""Guilds that the bot is in: their channels, permissions and members."""
