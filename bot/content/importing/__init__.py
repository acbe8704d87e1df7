"""Import into the content folder: a source is read, cleaned, split into chapters and written."""
