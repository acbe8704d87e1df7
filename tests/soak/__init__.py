"""The crash test: the real process is killed at every step of a delivery, and no destination may notice."""
