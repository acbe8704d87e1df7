"""The content folder: stories loaded from it, checked, and watched for changes."""
