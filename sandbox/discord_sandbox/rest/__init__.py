"""Discord's REST API, version 10: one module a resource, each a table of routes."""
