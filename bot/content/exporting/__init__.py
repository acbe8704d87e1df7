"""Export of a story, as an EPUB book or as a folder of Markdown."""
