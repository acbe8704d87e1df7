"""Chapter files: front matter and manuscript."""
