"""Lasting faults and the alerts about them."""
