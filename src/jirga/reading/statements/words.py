"""Small sets of words that the rules ask for, from ``data/frames_words.yaml``."""

from __future__ import annotations

from functools import cache

from jirga._data import load_yaml

__all__ = ["words"]


def words(name: str) -> frozenset[str]:
    """Return the set of that name."""
    return frozenset(_tables()[name].split())


@cache
def _tables() -> dict[str, str]:
    return dict(load_yaml("jirga.reading", "frames_words.yaml"))
