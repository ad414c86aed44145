"""The words that attribute: which verbs, nouns, adjectives and phrases, and what shape of content each takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jirga._data import load_yaml

__all__ = ["Lexicon", "lexicon"]

_VERB_FRAMES = (
    "clause", "quote", "insert", "infinitive", "causing", "gerund", "naming", "carrier", "refuser", "light",
    "evidence", "telling", "bearing", "scene",
)  # fmt: skip
_NOUN_FRAMES = (
    "clause",
    "infinitive",
    "utterance",
    "agent",
    "states",
    "adjective_clause",
    "adjective_infinitive",
)
_FILES = ("cues_verbs", "cues_nouns", "cues_phrases", "cues_sources", "cues_forms")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lexicon as sets, ready to be asked.

    Attributes
    ----------
    forms : mapping of str to str
        Inflected form of a verb, lower case, to its lemma: so that nothing hangs on a lemmatiser.
    verbs, nouns : mapping of str to frozenset of str
        Shape of the content to the lemmas that take it; a lemma with a particle is joined by an underscore.
    verb_prepositions, accusing, noun_prepositions, adjective_prepositions : mapping of str to frozenset of str
        Preposition to the lemmas after which it brings the content.
    idioms : mapping of str to sequence of tuple of str
        Verb to the words that make an idiom with it, longest first.
    objects : mapping of str to frozenset of str
        Class of meaning to the verbs whose object is the content.
    phrases : mapping of str to frozenset of str
        Phrases and adverbs by use.
    sources : mapping of str to frozenset of str
        Kind of source to the nouns that name it.
    """

    forms: Mapping[str, str]
    verbs: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]
    verb_prepositions: Mapping[str, frozenset[str]]
    accusing: Mapping[str, frozenset[str]]
    objects: Mapping[str, frozenset[str]]
    noun_prepositions: Mapping[str, frozenset[str]]
    adjective_prepositions: Mapping[str, frozenset[str]]
    phrases: Mapping[str, frozenset[str]]
    sources: Mapping[str, frozenset[str]]
    idioms: Mapping[str, Sequence[tuple[str, ...]]]
    phrasal: frozenset[str]
    known: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the package; it is read once.

    Returns
    -------
    Lexicon
    """
    verbs, nouns, phrases, sources, forms = (_load(name) for name in _FILES)
    by_frame = {frame: _words(verbs[frame]) for frame in _VERB_FRAMES}
    objects = _by_key(verbs["object"])
    by_frame["object"] = frozenset().union(*objects.values())
    by_frame["saying"] = by_frame["quote"] | by_frame["clause"] | by_frame["naming"] | by_frame["causing"]
    prepositions, accusing = _by_key(verbs["preposition"]), _by_key(verbs["accusing"])
    idioms: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(verbs["idioms"], key=len, reverse=True):
        verb, *rest = phrase.split()
        idioms.setdefault(verb, []).append(tuple(rest))
    known = frozenset().union(*by_frame.values(), *prepositions.values(), *accusing.values(), idioms)
    return Lexicon(
        forms=_forms(known, forms["irregular"]),
        verbs=by_frame,
        nouns={frame: _words(nouns[frame]) for frame in _NOUN_FRAMES},
        verb_prepositions=prepositions,
        accusing=accusing,
        objects=objects,
        noun_prepositions=_by_key(nouns["preposition"]),
        adjective_prepositions=_by_key(nouns["adjective_preposition"]),
        phrases={key: _words(value) for key, value in phrases.items()},
        sources={key: _words(value) for key, value in sources.items()},
        idioms=idioms,
        phrasal=frozenset(word for word in known if "_" in word),
        known=known,
    )


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = load_yaml("jirga.reading", f"{name}.yaml")
    return loaded


def _words(value: str | Iterable[str]) -> frozenset[str]:
    return frozenset(value.split() if isinstance(value, str) else value)


def _by_key(value: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {key: _words(words) for key, words in value.items()}


def _forms(lemmas: Iterable[str], irregular: Mapping[str, str]) -> dict[str, str]:
    """Inflect every verb: regular spelling rules, then the table of irregular forms."""
    forms: dict[str, str] = {}
    for lemma in sorted({word.partition("_")[0] for word in lemmas}):
        for form in _regular(lemma):
            forms.setdefault(form, lemma)
    for lemma, words in irregular.items():
        forms.update(dict.fromkeys(words.split(), lemma))
        forms[lemma] = lemma
    return forms


def _regular(lemma: str) -> Iterable[str]:
    yield lemma
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        yield lemma + "es"
    elif lemma.endswith("y") and lemma[-2:-1] not in "aeou":
        yield from (lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing")
        return
    else:
        yield lemma + "s"
    if lemma.endswith("e"):
        yield from (lemma + "d", (lemma if lemma.endswith("ee") else lemma[:-1]) + "ing")
        return
    yield from (lemma + "ed", lemma + "ing")
    if len(lemma) > 2 and lemma[-1] not in "aeiouwxy" and lemma[-2] in "aeiou" and lemma[-3] not in "aeiou":
        yield from (lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing")
