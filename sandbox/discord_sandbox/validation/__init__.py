"""Discord's limits on request bodies, reported as its error 50035."""
