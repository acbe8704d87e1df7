"""Changes to the content folder: stories and chapters made, edited, ordered and taken out, whole or not at all."""
