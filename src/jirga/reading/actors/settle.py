"""The type of a name (PERSON, ORG, LOC) by what the gazetteer knows of it."""

from __future__ import annotations

from jirga.reading.actors.gazetteer import Gazetteer
from jirga.reading.actors.lexicon import lexicon
from jirga.reading.actors.places import Places
from jirga.reading.actors.words import words

__all__ = ["settle_name_type"]

_TYPE = {"country": "LOC", "group": "ORG", "body": "ORG", "part": "ORG", "outlet": "ORG", "person": "PERSON"}


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


_ORGANISED = frozenset(w for w, n in lexicon().nouns.items() if n.group in {"institution", "force"} and " " not in w) | {
    "corporation", "inc", "ltd", "foundation", "institute", "front", "brigades", "brigade", "ministry", "airlines", "group",
}  # fmt: skip
