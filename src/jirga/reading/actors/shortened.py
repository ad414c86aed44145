"""Names that a report shortens without saying so: "the Front", "Hill rebels" and "HLF" of the Hill Liberation Front."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from spacy.tokens import Doc

from jirga.reading.actors.found import Found
from jirga.reading.actors.gazetteer import Match
from jirga.reading.actors.lexicon import lexicon
from jirga.reading.actors.scene import Scene
from jirga.reading.actors.words import Word, fold
from jirga.reading.columns import columns
from jirga.reading.wordlists import word_set

__all__ = ["bare_acronyms", "shorten", "spelled_out"]

_NAMING = word_set("names naming")
_FOLLOWERS = word_set("shortened followers")
_SMALL = word_set("shortened small")
_MOST = 60  # acronyms of a report that are looked for; no report has more
_LONGEST = 8  # letters of an acronym
_BODIES = frozenset({"group", "unknown"})


def bare_acronyms(docs: Sequence[Doc], matches: Sequence[Sequence[Match]], scene: Scene) -> set[str]:
    """Return words in capitals that no list explains in this report and that no brackets brought in.

    Parameters
    ----------
    docs : sequence of spacy.tokens.Doc
    matches : sequence of sequence of Match
        What the gazetteer knows of each.
    scene : Scene

    Notes
    -----
    A known group's acronym is looked for too when the report never prints that group's name in full: the letters are
    then those of a name that it does print.
    """
    told = {m.entry.id for found in matches for m in found if m.how == "name"}
    out: set[str] = set()
    for doc in docs:
        for word in columns(doc).words:
            if (
                not (1 < len(word) <= _LONGEST and word.isupper() and word.isalpha())
                or word in scene.acronyms
            ):
                continue
            entry = scene.gazetteer.lookup(word)
            if entry is None or (entry.kind == "group" and entry.id not in told):
                out.add(word)
            if len(out) >= _MOST:
                return out
    return out


def spelled_out(text: str, run: Sequence[Word], shorts: set[str]) -> Iterator[tuple[str, int]]:
    """Yield the acronyms whose full name a text prints, with the number of the word after it.

    Parameters
    ----------
    text : str
    run : sequence of Word
        Its words.
    shorts : set of str
        Acronyms.
    """
    firsts: dict[str, list[str]] = {}
    for short in sorted(shorts):
        firsts.setdefault(short[0].casefold(), []).append(short)
    for number, (begin, _, word) in enumerate(run):
        if text[begin].isupper():
            for short in firsts.get(word[0], ()):
                stop = _spelled(text, run, number, short.casefold())
                if stop:
                    yield short, stop


def _spelled(text: str, run: Sequence[Word], number: int, letters: str) -> int:
    """Return the number of the word after a name whose initials are some letters, or 0."""
    at, left = number, letters
    while left and at < len(run):
        begin, end, word = run[at]
        if at > number and text[run[at - 1][1] : begin] not in {" ", "-", "\n"}:
            return 0
        if word[0] == left[0] and text[begin].isupper() and end - begin > 1:
            left = left[1:]
        elif not (word in _SMALL and text[begin].islower() and at > number):
            return 0
        at += 1
    if left or at - number < 2:
        return 0
    goes_on = at < len(run) and text[run[at - 1][1] : run[at][0]] == " " and text[run[at][0]].isupper()
    last = lexicon().nouns.get(run[at - 1][2])
    named = run[at - 1][2] in _NAMING or (
        last is not None and last.group in {"faction", "institution", "force"}
    )
    return at if named and not goes_on else 0


def shorten(doc: Doc, found: Sequence[Found], scene: Scene) -> None:
    """Let a name of one word be the longer one that the report printed before, in place; names in text order.

    "The Front" is the one whose name ends so; before "rebels", "commander" and their like the first word will do.
    """
    for one in found:
        if one.kind not in _BODIES and not (one.kind == "place" and one.id.startswith("place:text:")):
            continue
        if one.stop - one.start > 1:
            _keep(one, doc, scene)
            continue
        if one.id not in {f"actor:{fold(doc[one.start].text)}", f"place:text:{fold(doc[one.start].text)}"}:
            continue
        word = fold(doc[one.start].text)
        whole = scene.heads.get(word) if word in _NAMING else None
        if whole is None and one.stop < len(doc) and doc[one.stop].lower_ in _FOLLOWERS:
            whole = scene.firsts.get(word)
        if whole is not None:
            one.id, one.name, one.kind, one.of, one.home = (
                whole.id,
                whole.name,
                whole.kind,
                whole.of,
                whole.home,
            )


def _keep(one: Found, doc: Doc, scene: Scene) -> None:
    """Keep a name of several words by its first and its last, when the last tells that it is a group's."""
    first, last = fold(doc[one.start].text), fold(doc[one.stop - 1].text)
    if one.kind in _BODIES and any(t.lower_ in _NAMING for t in islice(doc[one.start : one.stop], 12)):
        if last in _NAMING:
            scene.heads[last] = one
        if one.id.startswith("actor:") and first not in _NAMING:
            known = scene.firsts.get(first)
            scene.firsts[first] = one if known is None or known.id == one.id else known
