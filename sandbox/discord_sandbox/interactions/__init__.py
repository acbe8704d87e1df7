"""Slash commands, buttons, forms: what people call, and the bot's three seconds to answer."""
