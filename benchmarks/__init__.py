"""The benchmarks: each module measures one thing and returns rows for the table."""
