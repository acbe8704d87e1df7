"""Deliveries and their states."""
