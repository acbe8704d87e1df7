"""Connections, transactions, dialects, locks and migrations."""
