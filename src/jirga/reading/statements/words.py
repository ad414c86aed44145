"""Small sets of words that the rules ask for, from ``data/frames_words.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

__all__ = ["words"]


def words(name: str) -> frozenset[str]:
    """Return the set of that name."""
    return frozenset(_tables()[name].split())


@cache
def _tables() -> dict[str, str]:
    text = files("jirga.reading").joinpath("data", "frames_words.yaml").read_text(encoding="utf8")
    return dict(YAML(typ="safe", pure=True).load(text))
