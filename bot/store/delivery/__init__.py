"""Deliveries, the posts they led to, crossposting, parking, and recovery after a restore."""
