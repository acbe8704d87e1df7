"""Stories, their chapters, and the prompts after them."""
