"""Where a clause says that something happened."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from jirga.reading.actors.found import case_of
from jirga.reading.actors.index import Mentions
from jirga.reading.actors.words import slug
from jirga.reading.columns import columns
from jirga.reading.passages import Passage
from jirga.reading.types import Mention, Place
from jirga.reading.wordlists import word_set

__all__ = ["EDGES", "SPOTS", "place_before", "where_for"]

_LOCATIVE = word_set("where locative")
_STRONG = word_set("where strong")
SPOTS = word_set("where spots")
"""Nouns for places: "border", "city"."""
EDGES = word_set("where edges")
"""Nouns for a part of a place: "east", "outskirts"."""
_TOWNS = word_set("where towns")
_REACH = 1500  # code points back to the town that "the city" means


def where_for(passage: Passage, tokens: Sequence[Token], mentions: Mentions) -> Place | None:
    """Return where what a clause tells happened, or None.

    Parameters
    ----------
    passage : Passage
    tokens : sequence of Token
        The clause, in text order.
    mentions : Mentions

    Returns
    -------
    Place or None
        ``place:<GeoNames id>``, ``country:PAK``, or ``place:text:<slug>`` for "the border"; the name as the text has it
        stands in ``text``. The most exact place goes first: "in Goma in eastern Congo" gives Goma.
    """
    best: tuple[float, Place] | None = None
    inside = {t.i for t in tokens}
    pos = columns(passage.doc).pos
    for token in tokens:
        if pos[token.i] not in {"NOUN", "PROPN", "ADJ"}:
            continue
        case = _case(token)
        if case not in _LOCATIVE:
            continue
        place, cost = _place(passage, token, mentions)
        origin = case == "between" or (case == "from" and token.dep_ == "nmod")
        if place is None or ((origin or case == "on") and place.id.startswith("country:")):
            continue  # "a truce between Chad and Mali", "fighters from Sudan", "sanctions on Mali": parties
        cost += 0.0 if case in _STRONG else 2.0
        cost += 1.5 if token.dep_ not in {"obl", "nmod", "advmod"} else 0.0
        cost += 0.5 if token.dep_ == "nmod" and token.head.i in inside else 0.0
        if best is None or cost < best[0]:
            best = (cost, place)
    return best[1] if best else None


def place_before(passage: Passage, at: int, mentions: Mentions) -> Place | None:
    """Return the place that a relative "where" at a token of the passage stands for: "on Goma, where many died"."""
    for k in (at - 1, at - 2):
        token = passage.doc[k] if k >= 0 else None
        found = mentions.at(passage, token, places=True) if token is not None else []
        one = found[0] if found else None
        if isinstance(one, Mention) and (
            one.kind == "place" or (one.kind == "country" and one.how == "name")
        ):
            return Place(one.id, one.name, one.text)
    return None


def _case(token: Token) -> str:
    case = case_of(token)
    if not case and token.dep_ == "conj":
        return case_of(token.head)
    if not case and token.dep_ == "appos":
        return case_of(token.head)
    return case


def _place(passage: Passage, token: Token, mentions: Mentions) -> tuple[Place | None, float]:
    found = mentions.at(passage, token, places=True)
    if found:
        one = found[0]
        if isinstance(one, Mention) and (
            one.kind == "place" or (one.kind == "country" and one.how == "name")
        ):
            return Place(one.id, one.name, one.text), 0.0 if one.kind == "place" else 1.0
        if one.kind == "unknown" and token.lemma_.lower() in SPOTS:  # "at the Nour Maternity Hospital"
            return Place(f"place:text:{slug(one.text)}", one.text, one.text), 1.5
        return None, 0.0
    noun = token.lemma_.lower()
    if noun not in SPOTS and noun not in EDGES:
        return None, 0.0
    named = _named(passage, token, mentions)
    if named is not None:
        return Place(named.id, named.name, named.text), 0.0
    if noun in _TOWNS and (text := _unlisted(token)):
        return Place(f"place:text:{slug(text)}", text, text), 0.5
    if noun in EDGES:
        return None, 0.0
    if noun in _TOWNS and token.i and token.doc[token.i - 1].lower_ == "the":
        town = mentions.town(passage.span(token)[0], _REACH)
        if town is not None:
            return Place(town.id, town.name, town.text), 0.5
    start = token.i
    while start and token.i - start < 5 and token.doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN", "PART"}:
        start -= 1
    text = token.doc[start : token.i + 1].text
    return Place(f"place:text:{slug(text)}", text, text), 1.5


def _named(passage: Passage, token: Token, mentions: Mentions) -> Mention | None:
    """Return the place that a noun for one is followed by: "the port city of Hodeida", "the east of Mosul", "village Ruka"."""
    for child in token.children:
        if child.i < token.i or not (
            (child.dep_ == "nmod" and case_of(child) == "of") or child.dep_ in {"appos", "flat", "nmod:desc"}
        ):
            continue
        found = mentions.at(passage, child, places=True)
        if found and (found[0].kind == "place" or (found[0].kind == "country" and found[0].how == "name")):
            return found[0]
    return None


def _unlisted(token: Token) -> str:
    """Return the name of a village that no list holds: "the village of Ruka Dan"; empty for lack of one."""
    for child in token.children:
        if child.dep_ == "nmod" and case_of(child) == "of" and child.text[0].isupper():
            start = child.i
            while token.doc[start - 1].text[0].isupper() and start - 1 > token.i + 1:
                start -= 1
            stop = child.i + 1
            while (
                stop < len(token.doc) and token.doc[stop].dep_ == "flat" and token.doc[stop].head.i == child.i
            ):
                stop += 1
            return token.doc[start:stop].text
    return ""
