"""The words of a statement as linking compares them: lemmas in normal form, without the names of actors."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jirga.reading.types import EventType, Mention, Reading, Statement
from jirga.record.words import cue, normal, plain_lemma
from jirga.reports.types import Report, Span

__all__ = ["content_words", "described", "name_words", "telling", "terms_near", "told_words"]

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_KNOWN_AS = frozenset({"group", "government", "country", "body", "person"})


def terms_near(report: Report, s: Statement) -> tuple[str, ...]:
    """Return the clause's lemmas; plain ones of the content too where it reaches beyond the clause."""
    if s.content is None or (s.begin <= s.content[0] and s.content[1] <= s.end):
        return s.terms
    tokens = _TOKEN.findall(report.text[s.content[0] : s.content[1]])
    return s.terms + tuple(plain_lemma(t) for t in tokens if t.lower() not in cue("small"))


def content_words(
    report: Report, span: Span | None, terms: Iterable[str], names: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Return the content words of a span in normal form, by the reader's lemmas."""
    if span is None:
        return frozenset()
    known = {term.lower() for term in terms}
    found: set[str] = set()
    for token in _TOKEN.findall(report.text[span[0] : span[1]]):
        lemma = _lemma(token.lower(), known)
        if lemma is not None and telling(lemma, names):
            found.add(normal(lemma))
    return frozenset(found)


def _lemma(token: str, known: set[str]) -> str | None:
    """Return the term that a word of the text is a form of; None when it is no content word."""
    if token in known:
        return token
    plain = plain_lemma(token)
    if plain in known:
        return plain
    same = [t for t in known if normal(t) == normal(plain)]
    if same:
        return min(same)
    near = [t for t in known if len(t) > 2 and t[:3] == token[:3] and _stem(t) == _stem(token)]
    return min(near, key=lambda t: (abs(len(t) - len(token)), t)) if near else None


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ied", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def telling(term: str, names: frozenset[str]) -> bool:
    """Tell whether a term is a content word: no figure, no single letter, no name of an actor."""
    low = term.lower()
    return len(low) > 1 and not low.isdigit() and low not in names


def name_words(reading: Reading) -> frozenset[str]:
    """Words that name the actors of a report: two accounts are not alike because both name the parties."""
    words: set[str] = set()
    for mention in reading.mentions:
        if mention.how != "pronoun" and mention.kind != "place":
            tokens = _TOKEN.findall(mention.text)
            words.update(t.lower().removesuffix("'s").removesuffix("’s") for t in tokens if t[0].isupper())
    return frozenset(words)


def described(mentions: Iterable[Mention]) -> frozenset[str]:
    """Words that stand for a named actor ("the rebels", "the government"), as a name would."""
    return frozenset(
        plain_lemma(token)
        for m in mentions
        if m.how in ("description", "title") and m.kind in _KNOWN_AS and not m.id.startswith("actor:")
        for token in _TOKEN.findall(m.text)
    )


def told_words(s: Statement, words: frozenset[str]) -> frozenset[str]:
    """Return the words without the verb of a speech act ("ruled" of "ruled out"), which is told by the type."""
    if s.type not in (EventType.REQUEST, EventType.REJECT):
        return words
    verb = min((w.begin for w in s.why if w.aspect == "type"), default=s.begin)
    inner = s.content[0] if s.content else verb + 1
    outside = (w for w in s.why if w.aspect == "type" and w.begin < inner)
    verbs = (w.rule.split("“")[-1].split() for w in outside if w.rule.startswith("verb “"))
    return words - {normal(verb[0].rstrip("”")) for verb in verbs if verb}
