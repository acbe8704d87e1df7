"""Scene breaks in the forms that people use."""
