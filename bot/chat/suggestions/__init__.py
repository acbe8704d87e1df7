"""/suggest, the review queue, boards and polls."""
