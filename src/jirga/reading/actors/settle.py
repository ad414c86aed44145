"""The type of a name (PERSON, ORG, LOC) by what the gazetteer knows of it."""

from __future__ import annotations

from spacy.tokens import Doc

from jirga.reading.actors.found import text_of
from jirga.reading.actors.gazetteer import Gazetteer
from jirga.reading.actors.lexicon import lexicon
from jirga.reading.actors.places import Places
from jirga.reading.actors.words import words

__all__ = ["settle_name_type", "settle_names"]

_TYPE = {
    "country": "LOC",
    "group": "ORG",
    "body": "ORG",
    "part": "ORG",
    "outlet": "ORG",
    "person": "PERSON",
    "place": "LOC",
}
_ORGANISED = frozenset(w for w, n in lexicon().nouns.items() if n.group in {"institution", "force"} and " " not in w) | {
    "corporation", "inc", "ltd", "foundation", "institute", "front", "brigades", "brigade", "ministry", "airlines", "group",
}  # fmt: skip


def settle_name_type(text: str, label: str | None = None) -> str | None:
    """Return the type of a name that the pipeline has found.

    Parameters
    ----------
    text : str
        The name.
    label : str, optional
        What the pipeline took it for; returned when the gazetteer does not tell.

    Returns
    -------
    str or None
        PERSON, ORG or LOC; None when neither knows.
    """
    name = text[4:] if text[:4].lower() == "the " else text
    entry = Gazetteer.default().lookup(name)
    if entry is not None:
        return _TYPE.get(entry.kind, label)
    last = words(name)[-1:] if name else []
    if last and last[0][2] in _ORGANISED and len(words(name)) > 1:
        return "ORG"
    place = Places.default().find(name, {})
    if (
        place is not None
        and label in {None, "ORG"}
        and (place.inhabitants >= 100_000 or ":region:" in place.id)
    ):
        return "LOC"
    return label


def settle_names(doc: Doc) -> list[tuple[int, int, str]]:
    """Return the names of a parse with types settled, and the known names that the pipeline missed.

    Parameters
    ----------
    doc : spacy.tokens.Doc

    Returns
    -------
    list of (begin, end, type)
        Code points in the parse's text; PERSON, ORG or LOC; in text order, without overlap.
    """
    out = [(e.start_char, e.end_char, settle_name_type(e.text, e.label_) or e.label_) for e in doc.ents]
    taken = [False] * len(doc)
    for entity in doc.ents:
        taken[entity.start : entity.end] = [True] * (entity.end - entity.start)
    for match in Gazetteer.default().find(text_of(doc)):
        span = doc.char_span(match.begin, match.end)
        label = _TYPE.get(match.entry.kind)
        if span is None or label is None or match.how not in {"name", "acronym", "capital"}:
            continue
        if match.how == "capital" and Places.default().find(span.text, {}) is None:
            continue
        if not any(taken[span.start : span.end]) and all(
            t.pos_ == "PROPN" for t in span if t.is_alpha and t.is_title
        ):
            out.append((match.begin, match.end, label))
    return sorted(out)
