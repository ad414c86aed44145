"""A mention while it is being found: tokens, head and what it may be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

__all__ = ["Found", "case_of", "head_of", "is_plural", "singular", "text_of", "tokens_of"]


@dataclass(slots=True)
class Found:
    """A mention in one passage, before it is told to the outside.

    Attributes
    ----------
    begin, end : int
        Code points in the passage.
    start, stop : int
        Tokens that it touches, half-open.
    root : int
        Token that heads it.
    id, name, kind, of, how : str
        As in `Mention`.
    plural : bool
    backer : bool
        True for the first half of "Iranian-backed", which qualifies and does not act.
    adjective : bool
        True for a demonym before a noun.
    home : str or None
        Country that it comes from.
    title : str
        Office of a person, folded, when told.
    joint : int
        Mentions with one positive number are named together ("Turkish and Qatari mediators").
    sentence : int
        Number of its sentence in the report.
    quoted : bool
        Whether it stands between quotation marks.
    located : bool
        Whether it only says where ("in Switzerland").
    gender : str
        ``f`` or ``m`` where a title tells, else empty.
    """

    begin: int
    end: int
    start: int
    stop: int
    root: int
    id: str
    name: str
    kind: str
    of: str | None = None
    how: str = "name"
    plural: bool = False
    backer: bool = False
    adjective: bool = False
    home: str | None = None
    title: str = ""
    joint: int = 0
    sentence: int = 0
    quoted: bool = False
    located: bool = False
    gender: str = ""

    @property
    def party(self) -> str:
        """Id of the party that it speaks for: its own when it belongs to none."""
        return self.id if self.kind == "body" or self.of is None else self.of


def tokens_of(doc: Doc, begin: int, end: int) -> tuple[int, int] | None:
    """Return the tokens, half-open, that a run of code points touches."""
    span = doc.char_span(begin, end, alignment_mode="expand") if begin < end <= len(text_of(doc)) else None
    return (span.start, span.end) if span is not None and span.start < span.end else None


def head_of(doc: Doc, start: int, stop: int) -> int:
    """Return the token of a run whose head lies outside the run; the first such, so that flat names give their first."""
    for i in range(start, stop):
        head = doc[i].head.i
        if (head < start or head >= stop or head == i) and doc[i].dep_ not in {"punct", "case", "det"}:
            return i
    return stop - 1


def case_of(token: Token) -> str:
    """Return the lower-cased preposition that marks a noun, or an empty string."""
    cases = [c.lower_ for c in token.children if c.dep_ == "case" and c.i < token.i and c.tag_ != "POS"]
    return cases[-1] if cases else ""


def is_plural(token: Token) -> bool:
    """Tell whether a noun is plural by its tag, or by its features where the tag does not say."""
    return token.tag_ in {"NNS", "NNPS"} or _tells_plural(str(token.morph))


@lru_cache(maxsize=4096)
def _tells_plural(features: str) -> bool:
    return any(
        "Plur" in one.removeprefix("Number=").split(",")
        for one in features.split("|")
        if one.startswith("Number=")
    )


def text_of(doc: Doc) -> str:
    """Return a parse's text; ``doc.text`` is put together anew, in linear time, at each call."""
    text = doc.user_data.get("jirga text")
    if text is None:
        text = doc.user_data["jirga text"] = doc.text
    return str(text)


def singular(noun: Token) -> str:
    """Return a noun's singular, lower case: its lemma, or the word without -s where the lemma is only the word."""
    lemma, word = noun.lemma_.lower(), noun.lower_
    if word in {"people", "persons", "men", "women"}:
        return {"people": "people", "persons": "person", "men": "man", "women": "woman"}[word]
    if word.endswith("men") and len(word) > 4:
        return f"{word[:-2]}an"
    if not is_plural(noun) or (lemma != word and len(lemma) > 2):
        return lemma if is_plural(noun) else word
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-3] + "y" if word.endswith("ies") else word[:-1] if word.endswith("s") else word
