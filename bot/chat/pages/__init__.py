"""How a page of a chapter looks."""
