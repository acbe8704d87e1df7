"""Benchmarks: each module has a `run()` that measures one thing and returns rows for the table."""
