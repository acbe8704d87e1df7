"""Translation of the bot's texts."""
