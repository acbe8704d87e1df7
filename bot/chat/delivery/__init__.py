"""Chapter posts and announcements."""
