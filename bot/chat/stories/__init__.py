"""/library, /story, /help and previews."""
