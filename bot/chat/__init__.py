"""The Discord edge: everything that knows discord.py. It translates, asks the services, and answers."""
