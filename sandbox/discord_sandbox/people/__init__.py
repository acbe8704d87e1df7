"""People of the sandbox and their actions, for tests in Python and for the control API."""
