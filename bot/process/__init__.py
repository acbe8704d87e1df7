"""The operating system's process: signals and memory."""
