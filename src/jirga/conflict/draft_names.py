"""Names for a drafted model: short readable ids and labels, made from the reports' own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from jirga.conflict.statements import KEYWORDS
from jirga.record.words import cue, normal, plain_lemma

__all__ = ["slug", "tidy", "title_slug"]

LABEL = 90  # characters of a label before it is cut at a word
WORDS = 3  # words of an id
_TOKEN = re.compile(r"[A-Za-z][A-Za-z]+")
_LEADING = re.compile(
    r"^(?:to|that|for|on|of|the|a|an|it|its|has|have|must|should|agree|accept)\s+", re.IGNORECASE
)
_QUOTES = str.maketrans("", "", '“”"«»')


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


def tidy(text: str) -> str:
    """Return words fit for a label: one line, without quotation marks and leading small words, cut at a word."""
    words = " ".join(text.translate(_QUOTES).split()).strip(" ,.;:")
    for _ in range(3):
        words = _LEADING.sub("", words) or words
    if len(words) > LABEL:
        words = words[: LABEL - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
    return words
