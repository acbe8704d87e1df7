"""Wiring of the bot, one function a subject.

Each function takes what was built before it, so the order of the calls in `wiring.build` is the order of dependencies.
"""
