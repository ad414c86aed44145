"""Classic conflicts of the literature, typed in our own words, with their sources in the files."""

from __future__ import annotations

from importlib.resources import files

from jirga.conflict.load import loads
from jirga.conflict.statements import nearest
from jirga.conflict.types import Conflict
from jirga.errors import UsageError

__all__ = ["classic", "classic_names", "classic_text"]

FOLDER = files("jirga.conflict") / "classics"


def classic_names() -> tuple[str, ...]:
    """Return the names of the built-in conflicts, in alphabetical order."""
    found = (entry.name for entry in FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


def classic_text(name: str) -> str:
    """Return the file of a built-in conflict.

    Raises
    ------
    UsageError
        When there is none of that name; the nearest is told.
    """
    names = classic_names()
    if name not in names:
        how = nearest(name, names) or f" There are: {', '.join(names)}."
        raise UsageError(f"There is no built-in conflict “{name[:60]}”.{how}")
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


def classic(name: str) -> Conflict:
    """Load a built-in conflict; see :func:`classic_text`."""
    return loads(classic_text(name), f"{name}.yaml")
