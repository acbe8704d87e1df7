"""The library, a story's page, help and previews."""
