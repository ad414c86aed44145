"""Names for a drafted model: short readable ids, made from the reports' own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from jirga.conflict.statements import KEYWORDS
from jirga.record.words import cue, normal, plain_lemma

__all__ = ["slug", "title_slug"]

WORDS = 3  # words of an id
_TOKEN = re.compile(r"[A-Za-z][A-Za-z]+")


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def slug(text: str, names: frozenset[str], taken: Collection[str]) -> str:
    """Make an option id from words.

    Parameters
    ----------
    text : str
        The words of a demand or a threat.
    names : frozenset of str
        Lower-case words that name the parties; they tell nothing here.
    taken : collection of str
        Ids in use.

    Returns
    -------
    str
        Up to three telling words, joined by ``_``, in the order of the text; unique.
    """
    tokens = [t.lower() for t in _TOKEN.findall(_ascii(text))]
    empty = cue("small") | cue("bare") | names
    telling = [t for t in dict.fromkeys(tokens) if t not in empty]
    if len(telling) < 2:  # "march on Uvira" by the March 23 Movement
        telling = [t for t in dict.fromkeys(tokens) if t not in empty - names]
    rare = [t for t in telling if normal(plain_lemma(t)) not in cue("common")]
    chosen = set((rare + [t for t in telling if t not in rare])[:WORDS])
    stem = "_".join(t for t in telling if t in chosen) or "option"
    if stem in KEYWORDS or len(stem) < 3:
        stem = f"{stem}_option"
    return _free(stem, taken)


def title_slug(name: str, taken: Collection[str]) -> str:
    """Make a decision maker's id from its name: ``Afghan Taliban`` becomes ``Afghan_Taliban``; unique."""
    return _free("_".join(_TOKEN.findall(_ascii(name))) or "Party", taken)


def _free(stem: str, taken: Collection[str]) -> str:
    number, candidate = 2, stem
    while candidate in taken:
        candidate, number = f"{stem}_{number}", number + 1
    return candidate
