"""Scores of attributions: exact spans, shared tokens, whole attributions.

A span is one maximal run of tokens of one role, counted once for a document; it is right when both its ends are.
The same counts as the scorer beside the measuring set; a test compares the two where that set is there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["ROLES", "Document", "Scores", "score", "tokens_of"]

ROLES = ("source", "cue", "content")
Parts = Sequence[tuple[int, int]]
Roles = Mapping[str, Parts]


@dataclass(frozen=True, slots=True)
class Document:
    """Token offsets of a text, and its attributions as right and as found (character offsets by role)."""

    tokens: Sequence[tuple[int, int]]
    gold: Sequence[Roles]
    found: Sequence[Roles]


@dataclass(frozen=True, slots=True)
class Scores:
    """What was counted.

    Attributes
    ----------
    exact : mapping of str to float
        F1 of exact spans by role.
    precision, recall : mapping of str to float
        Their parts.
    token_content : float
        F1 over tokens of contents.
    touched : float
        Share of right attributions that something found touches in cue or content.
    """

    exact: Mapping[str, float]
    precision: Mapping[str, float]
    recall: Mapping[str, float]
    token_content: float
    touched: float


def tokens_of(text: str) -> list[tuple[int, int]]:
    """Return the offsets of words and single marks."""
    return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]


def score(documents: Iterable[Document]) -> Scores:
    """Count over all documents.

    Returns
    -------
    Scores
    """
    n: Counter[tuple[str, str]] = Counter()
    for document in documents:
        gold = [_numbers(document.tokens, one) for one in document.gold]
        found = [_numbers(document.tokens, one) for one in document.found]
        for role in ROLES:
            right, seen = _runs(gold, role), _runs(found, role)
            n[role, "tp"] += len(right & seen)
            n[role, "gold"] += len(right)
            n[role, "found"] += len(seen)
        right_tokens = {t for one in gold for t in one["content"]}
        seen_tokens = {t for one in found for t in one["content"]}
        n["token", "tp"] += len(right_tokens & seen_tokens)
        n["token", "gold"] += len(right_tokens)
        n["token", "found"] += len(seen_tokens)
        contents, cues = seen_tokens, {t for one in found for t in one["cue"]}
        n["whole", "gold"] += len(gold)
        n["whole", "touched"] += sum(bool(one["content"] & contents or one["cue"] & cues) for one in gold)
    return Scores(
        exact={role: _f1(n, role) for role in ROLES},
        precision={role: _share(n[role, "tp"], n[role, "found"]) for role in ROLES},
        recall={role: _share(n[role, "tp"], n[role, "gold"]) for role in ROLES},
        token_content=_f1(n, "token"),
        touched=_share(n["whole", "touched"], n["whole", "gold"]),
    )


def _numbers(tokens: Sequence[tuple[int, int]], one: Roles) -> dict[str, frozenset[int]]:
    return {
        role: frozenset(i for i, (b, e) in enumerate(tokens) if any(b < y and e > x for x, y in one[role]))
        for role in ROLES
    }


def _runs(attributions: Iterable[Mapping[str, frozenset[int]]], role: str) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for one in attributions:
        start = last = -2
        for number in [*sorted(one[role]), -2]:
            if number != last + 1:
                if start >= 0:
                    found.add((start, last))
                start = number
            last = number
    return found


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(n: Counter[tuple[str, str]], role: str) -> float:
    return _share(2 * n[role, "tp"], n[role, "gold"] + n[role, "found"])
