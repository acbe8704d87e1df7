"""Answering people: what commands, components and modals of all subjects share."""
