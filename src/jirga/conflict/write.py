"""Conflict files out: fresh, or as a careful rewrite that keeps comments and order."""

from __future__ import annotations

import io
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from jirga.conflict.atomic import write_atomically
from jirga.conflict.load import loads, read_text
from jirga.conflict.merge import merge
from jirga.conflict.plain import to_nodes
from jirga.conflict.types import Conflict
from jirga.errors import ConflictError

__all__ = ["dump", "dumps"]

NEVER_FOLD = 1 << 20  # characters in a line before the writer would break it


def dumps(conflict: Conflict, like: str | None = None) -> str:
    """Write a conflict as YAML text.

    Parameters
    ----------
    conflict : Conflict
    like : str, optional
        An existing document: its comments, order and way of writing are kept wherever the conflict says the
        same.

    Returns
    -------
    str
        ``loads(dumps(conflict))`` equals ``conflict``.
    """
    fresh = to_nodes(conflict)
    if like is None:
        return _emit(fresh, "  ")
    try:
        before = loads(like)
    except ConflictError:
        return _emit(fresh, "  ")  # what cannot be read has nothing that could be kept in its place
    if before == conflict:
        return like
    document = _round_trip("").load(like)
    if not isinstance(document, CommentedMap):
        return _emit(fresh, "  ")
    merge(document, to_nodes(before), fresh)
    text = _emit(document, like)
    return text if loads(text) == conflict else _emit(fresh, "  ")


def dump(conflict: Conflict, path: str | Path, like: str | Path | None = None) -> None:
    """Write a conflict to a file: under a temporary name first, then renamed, so that no half file is seen.

    Parameters
    ----------
    conflict : Conflict
    path : str or Path
    like : str or Path, optional
        Document whose comments and order are kept: a path, or text with a line break.

    Raises
    ------
    ConflictError
        When ``like`` cannot be read.
    OSError
        When the place cannot be written.
    """
    text = like if isinstance(like, str) and "\n" in like else None
    if like is not None and text is None:
        text = read_text(Path(like))
    write_atomically(Path(path), dumps(conflict, text))


def _round_trip(like: str) -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = NEVER_FOLD
    yaml.allow_unicode = True
    mapping, offset = _indents(like)
    yaml.indent(mapping=mapping, sequence=offset + 2, offset=offset)
    return yaml


def _indents(text: str) -> tuple[int, int]:
    """Return how far mappings and list dashes stand in, as the document does it (else 2 and 2)."""
    mapping = offset = None
    before: tuple[int, bool] | None = None
    for line in text.splitlines():
        body = line.strip()
        if not body or body.startswith("#"):
            continue
        depth = len(line) - len(line.lstrip(" "))
        if before is not None and before[1] and depth >= before[0]:
            if body.startswith("- ") and offset is None:
                offset = depth - before[0]
            elif not body.startswith("- ") and mapping is None and depth > before[0]:
                mapping = depth - before[0]
        before = depth, body.endswith(":") and not body.startswith("- ")
    return mapping or 2, 2 if offset is None else offset


def _emit(document: CommentedMap, like: str) -> str:
    out = io.StringIO()
    _round_trip(like).dump(document, out)
    return out.getvalue()
