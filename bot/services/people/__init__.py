"""Identity of people: language, pseudonym and DM channel."""
