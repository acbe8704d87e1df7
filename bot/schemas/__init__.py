"""What people write in YAML: read with its lines, filled into models, every fault at once and in kind words."""
