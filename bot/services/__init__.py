"""Use cases of the bot, by subject."""
