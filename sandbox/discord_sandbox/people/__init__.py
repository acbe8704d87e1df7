"""People of the sandbox and their actions."""
