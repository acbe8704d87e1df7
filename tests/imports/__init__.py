"""Imports of manuscripts of many kinds, compared line by line with the chapters that a careful person would make."""
