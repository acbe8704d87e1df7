"""Deliveries, their outcomes, and the identity of their messages."""
