"""What the bot does, one use case a file; the world is reached through the ports only."""
