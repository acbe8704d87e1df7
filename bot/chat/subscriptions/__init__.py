"""/subscribe, /follow and their answers."""
