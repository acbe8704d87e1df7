"""Subscribing channels and readers; parking and recovery."""
