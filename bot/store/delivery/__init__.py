"""The delivery ledger and posts."""
