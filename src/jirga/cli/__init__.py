"""The command line."""

from jirga.cli.app import app, main

__all__ = ["app", "main"]
