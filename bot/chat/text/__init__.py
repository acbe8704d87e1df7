"""Plain text as messages hold it: shortened, escaped, and with the marks that find a post again."""
