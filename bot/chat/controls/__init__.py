"""Buttons, menus and forms that people use: each finds all it needs in its id and in the interaction."""
