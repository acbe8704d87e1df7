"""The author's desk: a page on this machine to import, write, preview and schedule a story."""
