"""Acronyms that a text brings in itself: "Free Hill Army (FHA)"."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from jirga.reading.actors.found import Found, head_of, text_of, tokens_of
from jirga.reading.actors.gazetteer import Match
from jirga.reading.actors.lexicon import lexicon
from jirga.reading.actors.names import Scene
from jirga.reading.actors.words import Word, slug, words

__all__ = ["bring_in", "introduce"]


def introduce(doc: Doc, found: list[Found], matches: list[Match], scene: Scene) -> None:
    """Keep the acronyms that a passage brings in: a name, then capitals in brackets, "Free Hill Army (FHA)"."""
    known: Mapping[int, Match] = {m.begin: m for m in matches}
    all_words = words(text_of(doc))
    places = _Places(found)
    for number, (begin, end, _) in enumerate(all_words):
        short = text_of(doc)[begin:end]
        if not (2 <= len(short) <= 10 and short.isupper() and short.isalnum() and not short.isdigit()):
            continue
        if (
            text_of(doc)[begin - 1 : begin] != "("
            or text_of(doc)[end : end + 1] not in {")", ";", ","}
            or not number
        ):
            continue
        made = _long_form(
            doc, short, all_words[max(number - 12, 0) : number], places, known.get(begin), scene
        )
        if made is not None:
            scene.acronyms.setdefault(short, made)


def bring_in(doc: Doc, short: str, before: list[Word], found: list[Found], scene: Scene) -> None:
    """Keep an acronym that stands elsewhere for a name of a passage.

    Parameters
    ----------
    doc : spacy.tokens.Doc
    short : str
    before : list of Word
        The last words of the passage up to the end of the name.
    found : list of Found
        The names in the passage.
    scene : Scene
    """
    made = _long_form(doc, short, before, _Places(found), None, scene)
    if made is not None:
        scene.acronyms.setdefault(short, made)


class _Places:
    """What was found, by where it begins and ends: a text of a thousand acronyms is not searched a thousand times."""

    def __init__(self, found: list[Found]) -> None:
        self._begins: dict[int, list[tuple[int, Found]]] = {}
        self._ends: dict[int, list[tuple[int, Found]]] = {}
        for number, one in enumerate(found):
            self._begins.setdefault(one.begin, []).append((number, one))
            self._ends.setdefault(one.end, []).append((number, one))

    def ending(self, *ends: int) -> list[Found]:
        """Return what ends at one of these places, in the order in which it was found."""
        there = [pair for end in ends for pair in self._ends.get(end, ())]
        return [one for _, one in sorted(there, key=lambda pair: pair[0])]

    def inside(self, begin: int, end: int) -> list[Found]:
        """Return what lies between two places, in the order in which it was found."""
        there = [pair for at in range(begin, end) for pair in self._begins.get(at, ()) if pair[1].end <= end]
        return [one for _, one in sorted(there, key=lambda pair: pair[0])]


def _long_form(
    doc: Doc, short: str, before: list[Word], found: _Places, match: Match | None, scene: Scene
) -> Found | None:
    edge = before[-1][1]
    near = [one for one in found.ending(edge, edge + 2) if one.kind not in {"place", "person"}]
    begin = _initials(text_of(doc), short, before)
    if (
        near
        and (begin is None or near[-1].begin <= begin)
        and near[-1].how == "name"
        and _spells(near[-1], short)
    ):
        return near[-1]
    if begin is None or (match is not None and match.entry.kind in {"country", "body"} and begin is None):
        return None
    run = tokens_of(doc, begin, edge)
    if run is None:
        return None
    text = text_of(doc)[begin:edge]
    inner = next((one for one in found.inside(begin, edge) if one.kind not in {"place", "outlet"}), None)
    noun = lexicon().nouns.get(before[-1][2])
    organ = noun is not None and noun.group in {
        "force",
        "institution",
    }  # a front or a movement of a country is not its own
    party = inner.party if inner is not None and (organ or not inner.party.startswith("country:")) else None
    made = Found(begin, edge, *run, head_of(doc, *run), f"actor:{slug(text)}", text, "unknown", party,
                 home=inner.party if inner is not None and party is None else None)  # fmt: skip
    scene.long_forms.setdefault(id(doc), []).append(made)
    return made


def _spells(name: Found, short: str) -> bool:
    """Tell whether capitals may stand for a name: a country's must begin as it begins; others are spelled freely."""
    return name.kind != "country" or name.name[:1].casefold() == short[:1].casefold()


def _initials(text: str, short: str, before: list[Word]) -> int | None:
    """Return where the words begin whose initials spell the capitals, small words left out."""
    letters = [c for c in short.casefold() if c.isalpha()]
    for begin, end, word in reversed(before):
        if text[begin].islower() and word in {
            "of",
            "the",
            "and",
            "for",
            "in",
            "on",
            "de",
            "la",
            "del",
            "al",
            "to",
            "des",
        }:
            continue
        if not letters:
            break
        if word[0] == letters[-1]:
            letters.pop()
            if not letters:
                return begin if text[begin].isupper() else None
        elif text[begin].islower() or end - begin < 2:
            return None
    return None
