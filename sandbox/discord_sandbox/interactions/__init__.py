"""Slash commands, buttons and forms: invocations by people and responses of the bot."""
