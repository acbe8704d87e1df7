"""Who somebody is: language and pseudonym."""
