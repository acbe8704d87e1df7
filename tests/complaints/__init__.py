"""What people complain of in every feed bot, a test each: here it does not happen."""
