"""The two parties of "both sides", "the two countries", "neither side"."""

from __future__ import annotations

from spacy.tokens import Doc

from jirga.reading.actors.found import Found, is_plural, singular
from jirga.reading.actors.resolve import History
from jirga.reading.wordlists import word_set

__all__ = ["PAIR_WORDS", "both"]

_PAIRS = word_set("resolve pairs")
PAIR_WORDS = _PAIRS | {f"{w}s" for w in _PAIRS} | {f"{w[:-1]}ies" for w in _PAIRS}
"""Words, as printed in lower case, at which `both` may find something."""


_COUNTING = word_set("resolve counting")


def both(doc: Doc, i: int, history: History) -> list[Found]:
    """Return the two parties of "both sides", "the two countries", "the warring parties" at the noun ``i``.

    Each mention has the same words; empty when the report has not told of two parties.
    """
    token, lemma = doc[i], singular(doc[i])
    if lemma not in _PAIRS:
        return []
    left = i
    while (
        left
        and i - left < 4
        and (doc[left - 1].lower_ in _COUNTING or doc[left - 1].pos_ in {"ADJ", "DET", "NOUN"})
    ):
        left -= 1
    before = {t.lower_ for t in doc[left:i]}
    few = before & {"each", "either", "neither"}
    bare = before == {"the"} and lemma in {"party", "side", "neighbour", "neighbor"} and _ends_there(doc, i)
    if not few and (not is_plural(token) or before & {"a", "an", "all", "several", "some", "many"}):
        return []
    if (
        not (before & _COUNTING - {"the"} or bare)
        or "other" in before
        or any(t.pos_ == "PROPN" for t in doc[left:i])
    ):
        return []
    if few and lemma not in {"side", "party"}:
        return []
    if "two" in before and not before & {
        "the",
        "both",
        "these",
        "those",
        "its",
        "warring",
        "rival",
        "opposing",
    }:
        return []  # "two officials"
    nations = lemma in {
        "korea",
        "sudan",
        "country",
        "nation",
        "government",
        "neighbour",
        "neighbor",
        "state",
        "capital",
    }

    def wanted(party: str) -> bool:
        return (
            party.startswith("country:") if nations else not party.startswith(("body:", "outlet:", "person:"))
        )

    begin, end = doc[left].idx, token.idx + len(token)
    out = []
    for party in history.pair_here(wanted, doc[i].sent.start, doc, i) or history.two_sides(wanted):
        name, kind = history.as_party(party)
        out.append(Found(begin, end, left, i + 1, i, party, name, kind, None, "description", True))
    return out


def _ends_there(doc: Doc, i: int) -> bool:
    """Tell whether a phrase ends with a noun or goes on with "to the conflict"; not "the parties of the left"."""
    return i + 1 >= len(doc) or doc[i + 1].lower_ not in {"of", "in", "for", "that", "-", "which"}
