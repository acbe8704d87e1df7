"""Alerts about lasting faults, and the people who are told of them."""
