"""Which language a stretch of text is in.

Plain English is told by its commonest words; py3langid is asked for the rest. That is not only faster: its model takes a
fifth of a second to load, which a reader of English reports need not wait for.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Protocol, cast

from jirga._data import load_yaml
from jirga.errors import JirgaError

__all__ = ["language_of", "latin_share", "main_language"]

SURE = 0.9  # probability from which a short stretch's language is believed
LIKELY = 0.5  # the same for another script, where no Latin language competes
SHORT = 60  # letters under which a Latin stretch takes the language of its report: too little to tell
LITTLE = 160  # characters of a line that may be names for the most part, which look like any language
ENOUGH = 30  # letters that a line needs to have a say in a report's main language
SAMPLE = 4000  # characters that are looked at; more changes nothing
OWN_WORDS = 3  # common English words that a stretch must have to pass for English without more ado
OWN_SHARE = 0.12  # their least share among its words; running English has twice as many
OTHER_SHARE = 0.25  # other languages' common words for each English one, at most

_WORD = re.compile(r"[^\W\d_]+")


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:  # it unpacks its model into a temporary file
        return cast(_Identifier, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))
    except OSError as error:
        raise JirgaError(
            f"{tempfile.gettempdir()}: nothing can be written there ({error.strerror}). Make room, or name another folder "
            "with TMPDIR, and do the same again; what was complete is kept."
        ) from None


@cache
def _common() -> tuple[frozenset[str], frozenset[str]]:
    data = load_yaml("jirga.reports", "english.yaml")
    return frozenset(data["own"].split()), frozenset(data["other"].split())


def _plainly_english(text: str) -> bool:
    """Tell whether a stretch is English beyond doubt; False leaves the question open."""
    words = _WORD.findall(text[:SAMPLE].lower())
    own, other = _common()
    hits = [word for word in words if word in own]
    against = sum(word in other for word in words)
    return (
        len(hits) >= OWN_WORDS
        and len(set(hits)) > 1
        and len(hits) >= OWN_SHARE * len(words)
        and against <= OTHER_SHARE * len(hits)
    )


def _says_little(text: str) -> bool:
    """Tell whether a stretch is short, in Latin letters, and without any common word of another language: mostly names."""
    _, other = _common()
    return len(text) < LITTLE and latin_share(text) > 0.5 and other.isdisjoint(_WORD.findall(text.lower()))


def latin_share(text: str) -> float:
    """Return the share of letters that are Latin; 1.0 where there are no letters."""
    if text[:SAMPLE].isascii():
        return 1.0
    letters = [c for c in text[:SAMPLE] if c.isalpha()]
    if not letters:
        return 1.0
    return sum(c.isascii() or unicodedata.name(c, "").startswith("LATIN") for c in letters) / len(letters)


def language_of(text: str, default: str) -> str:
    """Tell the language of a stretch of text.

    Parameters
    ----------
    text : str
    default : str
        The language of its surroundings; what a stretch too short to tell is taken for.

    Returns
    -------
    str
        ISO 639-1 code (of the languages that py3langid knows), or "und" for another script too short to tell.
    """
    letters = sum(c.isalpha() for c in text[:SAMPLE])
    latin = latin_share(text)
    if letters == 0 or (latin > 0.5 and letters < SHORT):
        return default
    if latin > 0.5 and _plainly_english(text):
        return "en"
    code, probability = _identifier().classify(text[:SAMPLE])
    if latin <= 0.5:
        return code if probability >= LIKELY and code != "en" else "und"
    return code if probability >= SURE else default


def main_language(stretches: Iterable[str]) -> str:
    """Return the language that most of a text is in, by length and by how sure each stretch is; English if none can be told.

    Parameters
    ----------
    stretches : iterable of str
        The text's lines.
    """
    weight: dict[str, float] = {}
    for text in stretches:
        if sum(c.isalpha() for c in text[:SAMPLE]) >= ENOUGH:
            sure = _plainly_english(text)
            code, probability = ("en", 1.0) if sure else _identifier().classify(text[:SAMPLE])
            if code != "en" and probability < SURE and _says_little(text):
                code, probability = "en", LIKELY
            weight[code] = weight.get(code, 0.0) + len(text) * probability
    return max(weight, key=lambda code: (weight[code], code)) if weight else "en"
