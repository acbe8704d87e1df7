"""Files and folders by name: listing, order, names to skip."""
