"""How property tests choose their examples: the same every time, or new ones."""

PROFILE = "FASCICLE_HYPOTHESIS"
"""The variable of the environment that chooses."""

REPEATABLE = "repeatable"
"""For `make test` and CI: a failure there is the change's, never chance."""

EXPLORE = "explore"
"""For `make explore` and the soak: new examples with every seed."""
