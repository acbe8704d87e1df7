"""Standing faults and who is told of them."""
