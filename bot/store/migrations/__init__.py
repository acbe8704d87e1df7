"""Migrations from the schemas of earlier versions."""
