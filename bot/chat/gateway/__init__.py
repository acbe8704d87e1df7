"""The gateway connection, guild events and command registration."""
