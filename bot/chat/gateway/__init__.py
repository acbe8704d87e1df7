"""The connection to Discord's gateway, and guild events without discord.py's cache of guilds."""
