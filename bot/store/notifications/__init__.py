"""The outbox of private messages."""
