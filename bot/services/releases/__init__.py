"""Publishing chapters on their schedule."""
