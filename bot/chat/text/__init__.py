"""Text in messages: shortening, escaping, and the markers by which posts are found again."""
