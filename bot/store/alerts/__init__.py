"""Standing faults and what was told of them."""
