"""Discord's REST API as the services use it."""
