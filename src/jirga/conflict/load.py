"""Conflict files in: YAML or ``.gmcr``, every problem at once with line and column."""

from __future__ import annotations

from pathlib import Path

from jirga.conflict.document import MAX_CHARACTERS, read_document
from jirga.conflict.schema import Schema
from jirga.conflict.types import Conflict
from jirga.errors import ConflictError, Problem

__all__ = ["load", "loads"]


def load(source: str | Path) -> Conflict:
    """Load a conflict.

    Parameters
    ----------
    source : str or Path
        A path, or the text itself (a string with a line break is text). ``.gmcr`` files are JSON and known by
        their ending.

    Returns
    -------
    Conflict

    Raises
    ------
    ConflictError
        With every problem of the file, each with its line and column.
    """
    if isinstance(source, str) and "\n" in source:
        return loads(source)
    path = Path(source)
    text = read_text(path)
    if path.suffix.casefold() == ".gmcr":
        from jirga.conflict.gmcr import loads_gmcr

        return loads_gmcr(text, str(source))
    return loads(text, str(source))


def loads(text: str, place: str = "conflict") -> Conflict:
    """Load a conflict from YAML text; ``place`` is what messages call it."""
    root, problems = read_document(text.removeprefix("\ufeff"), place)
    schema = Schema(root)
    conflict = schema.read()
    found = dict.fromkeys((*problems, *schema.problems))
    if found:
        raise ConflictError(
            place, tuple(sorted(found, key=lambda problem: (problem.line or 0, problem.column or 0)))
        )
    return conflict


def read_text(path: Path) -> str:
    """Read a file as UTF-8; what is wrong with it becomes a ConflictError."""
    try:
        size = path.stat().st_size
        if size > 4 * MAX_CHARACTERS:
            raise ConflictError(
                str(path), (Problem(f"The file has {size:,} bytes; no conflict file is that large."),)
            )
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        told = "There is no such file. Check the path, or write one with “jirga draft”."
    except IsADirectoryError:
        told = "This is a folder; name the conflict file in it."
    except UnicodeDecodeError as error:
        told = f"The file is not UTF-8 text (byte {error.start:,}); save it as UTF-8."
    except OSError as error:
        told = f"The file cannot be read ({error.strerror}); check its permissions."
    raise ConflictError(str(path), (Problem(told),))
