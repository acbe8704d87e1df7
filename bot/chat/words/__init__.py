"""Every sentence the bot says in chat, by name, and nothing else: the one place to translate."""
