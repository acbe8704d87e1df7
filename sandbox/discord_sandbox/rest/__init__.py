"""Discord's REST API, version 10: one module per resource, each a table of routes."""
