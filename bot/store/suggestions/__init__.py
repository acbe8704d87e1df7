"""Suggestions and everything that hangs on them."""
