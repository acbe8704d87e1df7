"""Story folders: description and chapters, loaded and checked."""
