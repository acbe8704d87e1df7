"""The Discord edge: the only code that knows discord.py. It translates, calls the services, and answers."""
