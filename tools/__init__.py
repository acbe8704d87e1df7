"""Scripts for whoever changes the code."""
