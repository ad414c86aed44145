"""States that no list knows: a name with a foreign minister, an army and ambassadors is that of a country.

A report may be on a breakaway republic, a new state or a country under another spelling. Its name is then read as a
country's: its organs, its government and its adjective ("the Moldenan army") belong to one party.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from spacy.tokens import Doc

from jirga.reading.actors.adjectives import derived
from jirga.reading.actors.found import text_of
from jirga.reading.actors.gazetteer import Entry, Gazetteer, Match
from jirga.reading.actors.lexicon import lexicon
from jirga.reading.actors.places import Places
from jirga.reading.actors.words import Word, fold, slug, words
from jirga.reading.columns import columns
from jirga.reading.wordlists import word_set

__all__ = ["add_new_states", "full_names", "houses"]

_ENOUGH = 2  # one organ that only states have, or two that towns and firms have too
_STRONG, _WEAK = word_set("newstates strong"), word_set("newstates weak")
_LOCAL, _NEVER = word_set("newstates local"), -99
_BESIDE, _OF = word_set("newstates beside"), frozenset({"of", "to"})
_NAMING = word_set("names naming")
_PORTFOLIOS = word_set("newstates portfolios")  # "the Labour Minister": what an office is for
_HOUSES = word_set("newstates houses")
_SEAT = frozenset({"capital"})
_NAMES = 4000  # words in capitals; an adjective of a state stands among the first
_LONGEST = 3  # words of a name
_LARGE = 300_000  # inhabitants; a town that is known so well is no state
_MOST = 200  # organs looked at in a passage, and names weighed in a report: no report has more states
_TELLING = _STRONG | _WEAK | _BESIDE | _SEAT | _LOCAL


def add_new_states(
    docs: Sequence[Doc], matches: list[list[Match]], persons: Mapping[str, str], filed: str = ""
) -> None:
    """Add to the known names of each passage those of states that only the report knows, in place.

    Parameters
    ----------
    docs : sequence of spacy.tokens.Doc
        The passages of a report.
    matches : list of list of Match
        What the gazetteer knows of each; gets new matches, in text order.
    persons : mapping of str to str
        As `full_names` tells; "Tessier's army" is not of a state.
    filed : str
        The dateline of the report, if it has one.

    Notes
    -----
    Nothing is looked at but the words beside organs of states, so that most reports cost one look at each word.
    """
    scores: dict[str, int] = {}
    printed: dict[str, str] = {}
    seats: dict[str, str] = {}
    for doc, known in zip(docs, matches, strict=True):
        taken = [(m.begin, m.end) for m in known]
        for name, weight, seat in islice(_evidence(doc), _MOST):
            at = text_of(doc).find(name)
            if at < 0 or any(b <= at < e for b, e in islice(taken, 400)) or not _may_be(name):
                continue
            if len(scores) >= _MOST and fold(name) not in scores:
                continue
            scores[fold(name)] = scores.get(fold(name), 0) + weight
            printed.setdefault(fold(name), name)
            if seat:
                seats[seat] = fold(name)
    if not scores:
        return
    found = [words(text_of(doc)) for doc in docs]
    capital = _capitalised(docs, found)
    states = _merged(scores, printed, capital)
    states = {key: name for key, name in states.items() if key not in persons}
    if states:
        _dateline(filed, found, states, seats)
        _apply(docs, found, matches, _entries(states, capital, seats))


def _evidence(doc: Doc) -> Iterator[tuple[str, int, str]]:
    """Yield names that stand beside an organ of a state, with what that weighs, and the name of a seat, if told."""
    for i, word in enumerate(columns(doc).lower):
        if word not in _TELLING:
            continue
        if word in _BESIDE:
            name = _run_after(doc, i + 1)
            if name:
                yield name, 1, ""
            continue
        if word in _LOCAL or (word == "minister" and i and doc[i - 1].lower_ == "chief"):
            names = (_run_before(doc, i), _of(doc, i), _run_after(doc, i + 1))
            yield from (
                (one, _NEVER, "") for one in names if one
            )  # "the state of X", "X's governor": part of a country
            continue
        weight = 2 if word in _STRONG else 1 if word in _WEAK else 0
        before = _run_before(doc, i)
        after = _of(doc, i)
        if weight == 1 and after and _located(doc, i, after):
            weight = 2  # "the president of Kestria", which the pipeline takes for a place and no list knows
        if word in _SEAT:
            seat = _run_after(doc, i + 2 if i + 1 < len(doc) and doc[i + 1].text == "," else i + 1)
            yield from ((one, 1, seat) for one in (before, after) if one and seat)
            continue
        if (
            word == "minister"
            and after
            and not before
            and i
            and doc[i - 1].lower_ not in {"prime", "foreign"}
        ):
            weight = 1
        yield from ((one, weight, "") for one in (before, after) if one)


def _of(doc: Doc, i: int) -> str:
    """Return the name in "the government of X", "Prime Minister Ann Odera of X", "ambassador to X"."""
    at = i + 1
    while at < min(i + 4, len(doc)) and doc[at].pos_ == "PROPN" and doc[at].is_title:
        at += 1
    if at + 1 >= len(doc) or doc[at].lower_ not in _OF:
        return ""
    return _run_after(doc, at + 1)


def _located(doc: Doc, i: int, name: str) -> bool:
    """Tell whether a name behind an organ is one that the pipeline takes for a place and that no list of places has."""
    near = doc[i + 1 : min(i + 12, len(doc))]
    place = any(t.ent_type_ == "LOC" and name.startswith(t.text) for t in near)
    return place and Places.default().find(name, {}) is None


def _run_after(doc: Doc, at: int) -> str:
    stop = at
    while stop < min(at + _LONGEST + 1, len(doc)) and _part(doc, stop):
        stop += 1
    return "" if stop in {at, at + _LONGEST + 1} else str(doc[at:stop].text)


def _run_before(doc: Doc, i: int) -> str:
    """Return the name before an organ: "X's foreign ministry", "the X embassy"."""
    at = i - 1
    while at > 0 and i - at < 4 and doc[at].text.islower() and doc[at].pos_ in {"ADJ", "NOUN"}:
        at -= 1
    while (
        at > 0
        and i - at < 4
        and doc[at].is_title
        and (doc[at].lower_ in lexicon().title_words or doc[at].lower_ in lexicon().nouns)
    ):
        at -= 1  # "X's Defence Minister"
    possessive = at > 0 and doc[at].tag_ == "POS"
    at -= possessive
    start = at + 1
    while start > 0 and at + 1 - start <= _LONGEST and _part(doc, start - 1):
        start -= 1
    if not 0 < at + 1 - start <= _LONGEST:
        return ""
    if possessive and start and doc[start - 1].lower_ in {"the", "mr", "ms", "mrs", "dr"}:
        return ""
    return str(doc[start : at + 1].text)


def _part(doc: Doc, i: int) -> bool:
    token = doc[i]
    return (
        token.text[0].isupper()
        and token.text.isalpha()
        and (not token.is_upper or len(token) > 5)
        and token.pos_ in {"PROPN", "ADJ", "NOUN"}
        and token.lower_ not in lexicon().calendar
        and token.lower_ not in lexicon().title_words
        and token.lower_ not in lexicon().nouns
        and token.lower_ not in _NAMING
        and token.lower_ not in _PORTFOLIOS
    )


def _may_be(name: str) -> bool:
    """Tell whether a name may be a state's: no word of the language alone, no large town, no province."""
    if len(name) < 4 or Places.default().is_region(name):
        return False
    place = Places.default().find(name, {})
    return place is None or place.inhabitants < _LARGE


def _capitalised(docs: Sequence[Doc], found: Sequence[list[Word]]) -> dict[str, str]:
    out: dict[str, str] = {}
    for doc, run in zip(docs, found, strict=True):
        text = text_of(doc)
        if len(out) < _NAMES:
            out.update((word, text[b:e]) for b, e, word in run if text[b].isupper() and e - b > 3)
    return out


def full_names(docs: Sequence[Doc]) -> dict[str, str]:
    """Return the last words, folded, of people's full names with the name; empty where two people share it."""
    out: dict[str, str] = {}
    for doc in docs:
        for e in doc.ents:
            if e.label_ != "PERSON" or not 1 < e.end - e.start < 5 or not e[-1].is_alpha:
                continue
            start = next(
                (i for i in range(e.start, e.end) if doc[i].lower_.rstrip(".") not in lexicon().title_words),
                e.end,
            )
            name, last = str(doc[start : e.end].text), fold(e[-1].text)
            if start < e.end - 1:
                out[last] = name if out.get(last, name) == name else ""
    return out


def houses(docs: Sequence[Doc], persons: Mapping[str, str]) -> set[str]:
    """Return names of one word that have a president, members or a spokesman: no people, whatever the parse says."""
    out = set()
    for doc in docs:
        for i, word in enumerate(columns(doc).lower):
            if word == "which" and i > 1 and doc[i - 1].text == "," and doc[i - 2].pos_ == "PROPN":
                name = doc[i - 2].text if doc[i - 3].pos_ != "PROPN" or i < 3 else ""
                if name and fold(name) not in persons:
                    out.add(name)  # "Unite, which represents the drivers"
            if word not in _HOUSES:
                continue
            for name in (_run_before(doc, i), _of(doc, i)):
                if name and " " not in name and fold(name) not in persons:
                    out.add(name)
    return out


def _merged(scores: dict[str, int], printed: dict[str, str], capital: dict[str, str]) -> dict[str, str]:
    """Let adjectives speak for the name that they come from; return the names that have enough."""
    total: dict[str, int] = {}
    for key, score in scores.items():
        base = next((w for w in capital if len(w) <= len(key) and derived(key, w)), key)
        total[base] = total.get(base, 0) + score
        printed.setdefault(base, capital.get(base, base))
    return {key: printed[key] for key, score in total.items() if score >= _ENOUGH}


def _dateline(filed: str, found: Sequence[list[Word]], states: dict[str, str], seats: dict[str, str]) -> None:
    """Take the town that a report is filed from for the seat of the state that it names most by far.

    Where it names a town it still is one; only "asked Tovare to stop" turns to the state.
    """
    town = _town(filed)
    if not town or fold(town) in seats or Places.default().find(town, {}) is not None:
        return
    told = Counter(word for run in found for _, _, word in run)
    counts = {key: told[key] for key in states}
    first, second = [*sorted(counts.values(), reverse=True), 0][:2]
    if first >= 1.5 * second:
        seats[town.title()] = max(counts, key=lambda key: counts[key])


def _town(filed: str) -> str:
    """Return the town of a dateline, "TOVARE" of "TOVARE, June 3 (Wire) -", or an empty string."""
    name = filed.partition(",")[0].partition("(")[0].strip(" -–—:")
    return name if 2 < len(name) < 30 and name.isupper() and name.replace(" ", "").isalpha() else ""


def _entries(states: dict[str, str], capital: dict[str, str], seats: dict[str, str]) -> Gazetteer:
    made = Gazetteer()
    known = Gazetteer.default()
    for key, name in states.items():
        entry = Entry(f"country:{slug(name)}", name, "country")
        made.add(entry, [name])
        for word, text in capital.items():
            if not derived(word, key) or known.lookup(text) is not None:
                continue
            many = word.endswith("s") and not word.endswith("ss")
            made.add(entry, [text.title()], "people" if many else "demonym")
        made.add(entry, [seat for seat, of in seats.items() if of == key], "capital")
    return made


def _apply(
    docs: Sequence[Doc], found: Sequence[list[Word]], matches: list[list[Match]], made: Gazetteer
) -> None:
    for number, (doc, run) in enumerate(zip(docs, found, strict=True)):
        new = made.find(text_of(doc), run)
        if not new:
            continue
        taken = {k for m in matches[number] for k in (m.begin, m.end - 1)}
        added = [m for m in new if not taken & set(range(m.begin, m.end))]
        matches[number] = sorted([*matches[number], *added], key=lambda m: m.begin)
