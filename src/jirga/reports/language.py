"""Which language a stretch of text is in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Protocol, cast

__all__ = ["language_of", "latin_share", "main_language"]

SURE = 0.9  # probability from which a short stretch's language is believed
LIKELY = 0.5  # the same for another script, where no Latin language competes
SHORT = 60  # letters under which a Latin stretch takes the language of its report: too little to tell
ENOUGH = 30  # letters that a line needs to have a say in a report's main language
SAMPLE = 4000  # characters that are looked at; more changes nothing


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return cast(_Identifier, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


def latin_share(text: str) -> float:
    """Return the share of letters that are Latin; 1.0 where there are no letters."""
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
            code, probability = _identifier().classify(text[:SAMPLE])
            weight[code] = weight.get(code, 0.0) + len(text) * probability
    return max(weight, key=lambda code: (weight[code], code)) if weight else "en"
