"""Commands with which authors make stories and upload chapters from Discord."""
