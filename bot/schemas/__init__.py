"""Schemas over YAML that people write: with line numbers, all faults at once, in kind words."""
