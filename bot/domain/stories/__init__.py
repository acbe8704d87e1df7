"""Stories and chapters."""
