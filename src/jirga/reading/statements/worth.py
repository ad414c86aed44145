"""Which passages of a report are read for statements."""

from __future__ import annotations

from collections.abc import Sequence

from jirga.reading.passages import Passage
from jirga.reports.types import BlockKind

__all__ = ["worth_reading"]

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MOST = 25  # words; a longer heading is no heading


def worth_reading(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages that are read, in text order.

    Parameters
    ----------
    passages : sequence of Passage
        Of one report.

    Returns
    -------
    list of Passage
        The body, and headings between its paragraphs that are whole clauses and say what the next paragraph does not
        repeat; titles and headings when there is no body; captions when there is nothing else.
    """
    body = [p for p in passages if p.block.kind == BlockKind.BODY]
    if body:
        return [
            p for at, p in enumerate(passages) if p.block.kind == BlockKind.BODY or _tells(passages, at, body)
        ]
    for kinds in ((BlockKind.TITLE, BlockKind.HEADING), (BlockKind.CAPTION,)):
        found = [p for p in passages if p.block.kind in kinds]
        if found:
            return found
    return []


def _tells(passages: Sequence[Passage], at: int, body: Sequence[Passage]) -> bool:
    heading = passages[at]
    if (
        heading.block.kind != BlockKind.HEADING
        or not body[0].block.begin < heading.block.begin < body[-1].block.begin
    ):
        return False
    doc = heading.doc
    if not 3 <= len(doc) <= _MOST or doc[-1].text == "?" or doc[0].tag_ in ("WRB", "WP", "WDT"):
        return False
    words = [t for t in doc[1:] if t.is_alpha and len(t) > 3]
    if 2 * sum(t.text[0].isupper() for t in words) > len(words):
        return False  # Headings In Capitals leave out words, and parse badly
    root = next((t for t in doc if t.head.i == t.i), None)
    if root is None or not any(k.dep_.startswith("nsubj") for k in root.children):
        return False
    if root.tag_ not in _FINITE and not any(
        k.tag_ in _FINITE for k in root.children if k.dep_.startswith("aux")
    ):
        return False
    following = next((p for p in passages[at + 1 :] if p.block.kind == BlockKind.BODY), None)
    return following is not None and root.lemma_.lower() not in {t.lemma_.lower() for t in following.doc}
