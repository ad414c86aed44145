"""Words of a text as the gazetteer compares them: without case, accents and punctuation."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

from jirga.reading.wordlists import word_set

__all__ = ["Word", "fold", "join", "keyed", "slug", "words"]

Word = tuple[int, int, str]
"""Begin, end (code points) and the folded form of a word."""

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"(?:[ \u00a0\u202f-]|[\u2010-\u2015'’‘`.&/]|\n){1,3}")
_ALSO_WORDS = word_set("words in capitals")
_PLAIN = str.maketrans("ıøłđħœæßʻʼ", "ioldhoeas'")


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a word in lower case and without accents."""
    if word.isascii():
        return word.lower()
    bare = "".join(c for c in normalize("NFKD", word.casefold()) if not combining(c))
    return bare.translate(_PLAIN)


def words(text: str) -> list[Word]:
    """Return the words of a text in order: runs of letters and digits, so that a hyphen or a full stop parts them."""
    return [(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def join(name: str) -> str:
    """Return the key of a name: its folded words with single blanks."""
    return " ".join(word for _, _, word in words(name))


def keyed(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the key of a name, and for each of its words how it must be written.

    Those are ``A`` all capitals or, when longer than three letters, one first; ``U`` all capitals, for those that are
    words too ("FACT"); ``=LeT`` exactly so, for short ones of mixed capitals; ``C`` a capital first; ``l`` any.
    """
    found = _WORD.findall(name)
    return " ".join(map(fold, found)), tuple(map(_shape, found))


def joined(text: str, left: Word, right: Word, stops: bool) -> bool:
    """Tell whether what stands between two words of the text may stand inside a name.

    Parameters
    ----------
    stops : bool
        Whether the name itself holds a comma or brackets.
    """
    gap = text[left[1] : right[0]]
    if gap == " ":
        return left[1] - left[0] > 1 or right[1] - right[0] > 1  # "A U.N. envoy" is not of the AU
    if len(gap) > 3:
        return False
    if "." in gap and gap != "." and left[1] - left[0] > 3:
        return False  # a sentence ends there
    return bool(_GAP.fullmatch(gap)) or (stops and gap.strip(" .") in {",", "(", ")", "/"})


def _shape(word: str) -> str:
    if word.isupper() and not word.isdigit() and (len(word) > 1 or word.isalpha()):
        return "U" if word.lower() in _ALSO_WORDS else "A"
    if len(word) <= 4 and word[0].isupper() and any(c.isupper() for c in word[1:]):
        return f"={word}"  # "LeT" is no "Let"
    return "C" if word[0].isupper() else "l"


def fits(word: str, wanted: str) -> bool:
    """Tell whether a printed word is written as its name asks."""
    if wanted == "A":  # some papers print "Unicef", "Nato", "Isis"
        return word.isupper() or (len(word) > 3 and word[0].isupper() and word[1:].islower())
    if wanted == "U":
        return word.isupper()
    if wanted[0] == "=":
        return word == wanted[1:]
    return wanted == "l" or word[0].isupper()


def slug(name: str) -> str:
    """Return a name as it stands in an id: folded words with hyphens, at most 60 characters."""
    return "-".join(word for _, _, word in words(name))[:60].strip("-") or "unnamed"
