"""Versions of the project file."""
