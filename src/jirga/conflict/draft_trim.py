"""What a label leaves out of the reports' words: asides, and the clause that only says before or because of what."""

from __future__ import annotations

import re

from jirga.record.words import cue, normal, plain_lemma

__all__ = ["whose", "without_tail"]

NEAR = 9  # words in which a clause of time shows that it is one
_RELATIVE = re.compile(r",? (?:which|whom|whose)\s[^,]{1,200}$|, who\s[^,]{1,200}$")
_APPOSED = re.compile(r", (?:a|an|the) [^,]{1,120}$")
_TAIL = re.compile(r" (?:before|because) ")
_FINITE = frozenset(
    {
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "can",
        "could",
        "will",
        "would",
        "may",
        "might",
        "must",
    }
)


def without_tail(text: str) -> str:
    """Leave out what does not say what is to be done.

    Parameters
    ----------
    text : str
        ``withdraw from Karst before any talks can begin``, ``disband the guard, a militia of the north``.

    Returns
    -------
    str
        ``withdraw from Karst``, ``disband the guard``; the text itself where nothing would be left.
    """
    told = text
    for aside in (_RELATIVE, _APPOSED):
        found = aside.search(told)
        if found and found.start() > 0 and " and " not in found.group():
            told = told[: found.start()]
    found = _TAIL.search(told)
    if found and set(told[found.end() :].split()[:NEAR]) & _FINITE:
        told = told[: found.start()]
    return told.rstrip(" ,.;:") if len(told.split()) > 1 else text


def whose(label: str, asker: str) -> str:
    """Name whose a thing is that is not to be hurt: nobody is asked to spare what is its own.

    Parameters
    ----------
    label : str
        ``Stop attacking its power stations``.
    asker : str
        The name of the one who asks for it.

    Returns
    -------
    str
        ``Stop attacking Veldland's power stations``; the label itself where no act of force stands before "its".
    """
    words = label.split()
    place = next((i for i, w in enumerate(words) if w.lower() in ("its", "their")), 0)
    before = {normal(plain_lemma(w.lower())) for w in words[:place]}
    if not asker or not before & cue("violence") or not before & (cue("stop") | {"no", "not"}):
        return label
    owner = f"{asker}'" if asker.endswith("s") else f"{asker}'s"
    return " ".join([*words[:place], owner, *words[place + 1 :]])
