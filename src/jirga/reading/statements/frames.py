"""Frames: which words tell which kind of event, read from the data files beside the package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from jirga._data import load_yaml
from jirga.reading.types import EventType

__all__ = ["Frame", "Lexicon", "lexicon"]

_GLUE = frozenset({"of", "in", "to", "from", "for"})


class Frame(NamedTuple):
    """One word or phrase and the event that it tells; the fields are told at the head of ``frames_verbs.yaml``.

    There are 4,000 of them to be made at every start, which a tuple is at a quarter of the price of a dataclass.
    """

    key: str
    rest: tuple[str, ...]
    type: EventType | None
    mode: str | None
    op: str | None
    to: tuple[str, ...]
    actor: tuple[str, ...]
    object: str | None = None
    subject: str | None = None
    both: bool = False
    passive: bool = False
    weak: bool = False
    bare: bool = False
    of: str = "inner"
    noun: bool = False
    copula: bool = False

    @property
    def name(self) -> str:
        """The words as in the data file."""
        return " ".join((self.key, *(part for part in self.rest if part[0] != "!")))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All frames by their first word, and the tables around them.

    Attributes
    ----------
    verbs, nouns, predicates : mapping of str to tuple of Frame
        By lemma of the head word, the more exact frames first.
    forms : mapping of str to str
        Inflected form to lemma, for verbs that a lemmatizer gets wrong.
    plurals : mapping of str to str
        The same for nouns.
    classes : mapping of str to frozenset of str
    operators : mapping of str to mapping of str to str
    groups : mapping of str to str
        Event type to its group (coop, host, say).
    table_modes, threat_modes : mapping of str to str or None
    """

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    predicates: Mapping[str, tuple[Frame, ...]]
    forms: Mapping[str, str]
    plurals: Mapping[str, str]
    classes: Mapping[str, frozenset[str]]
    operators: Mapping[str, Mapping[str, str]]
    groups: Mapping[str, str]
    table_modes: Mapping[str, str]
    threat_modes: Mapping[str, str | None]

    def compose(self, op: str, inner: str | None) -> str | None:
        """Return the type that an operator makes of the type inside it; None when nothing is told."""
        table = self.operators[op]
        if inner is None:
            result = table.get("none", "drop")
        else:
            result = table.get(inner) or table.get(self.groups.get(inner, "")) or table.get("any", "drop")
        if result == "drop":
            return None
        return inner if result == "same" else result

    def lemma(self, word: str, lemma: str, tag: str) -> str:
        """Return the lemma, or a better one where the lexicon knows the form ("hit" taken for a form of "hi")."""
        if tag in {"VBD", "VBN"} and word in self.forms:
            # An irregular past has one verb; a model may guess another ("sank", "say").
            return self.forms[word]
        if tag.startswith("V") and lemma not in self.verbs:
            return word if word in self.verbs else self.forms.get(word, lemma)
        if tag.startswith("N") and lemma not in self.nouns:
            return word if word in self.nouns else self.plurals.get(word, lemma)
        return lemma

    @property
    def size(self) -> int:
        """Number of frames."""
        return sum(len(f) for table in (self.verbs, self.nouns, self.predicates) for f in table.values())


@cache
def lexicon() -> Lexicon:
    """Return the shipped lexicon; read once."""
    classes = {name: _with_plurals(words.split()) for name, words in _load("frames_classes.yaml").items()}
    verbs: dict[str, list[Frame]] = {}
    predicates: dict[str, list[Frame]] = {}
    for frame in _frames(_load("frames_verbs.yaml"), noun=False):
        (predicates if frame.copula else verbs).setdefault(frame.key, []).append(frame)
    nouns: dict[str, list[Frame]] = {}
    for frame in _frames(_load("frames_nouns.yaml"), noun=True):
        nouns.setdefault(frame.key, []).append(frame)
    tables = _load("operators.yaml")
    return Lexicon(
        verbs=_ordered(verbs),
        nouns=_ordered(nouns),
        predicates=_ordered(predicates),
        forms=_forms(verbs, dict(pair.split("=") for pair in tables["irregular"].split())),
        plurals={_plural(noun): noun for noun in nouns if _plural(noun) not in nouns},
        classes=classes,
        operators=tables["operators"],
        groups={t: group for group, types in tables["groups"].items() for t in types},
        table_modes=tables["table_modes"],
        threat_modes=tables["threat_modes"],
    )


def _plural(noun: str) -> str:
    if noun.endswith(("s", "sh", "ch", "x", "z")):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun + "s"


def _with_plurals(words: list[str]) -> frozenset[str]:
    return frozenset(words) | {_plural(w) for w in words}


def _load(name: str) -> Any:  # noqa: ANN401  # four files of four shapes, all our own
    return load_yaml("jirga.reading", name)


def _ordered(table: dict[str, list[Frame]]) -> dict[str, tuple[Frame, ...]]:
    """More words first, then those with a class asked for: the exact frame wins over the general one."""
    return {key: tuple(sorted(found, key=_rank) if len(found) > 1 else found) for key, found in table.items()}


def _rank(frame: Frame) -> tuple[int, int, bool, bool]:
    classes = sum(part[0] == "@" for part in frame.rest)
    return -_exactness(frame), classes, frame.object is None and frame.subject is None, frame.op == "do"


def _exactness(frame: Frame) -> int:
    """Return how many words a frame asks for; words that must not be there count as one."""
    forbidden = sum(part[0] == "!" for part in frame.rest)
    return len(frame.rest) - forbidden + min(forbidden, 1)


def _frames(entries: list[dict[str, Any]], noun: bool) -> Iterator[Frame]:
    for entry in entries:
        told = _told(entry)
        for words in entry["words"].split(";"):
            parts = words.split()
            if parts:
                key, rest, copula = _keyed(parts, noun)
                yield Frame._make((key, rest, *told, noun, copula))


def _keyed(parts: list[str], noun: bool) -> tuple[str, tuple[str, ...], bool]:
    """Return the head word of a phrase, the other words, and whether "be" stands before them."""
    copula = not noun and parts[0] == "be"
    if copula:
        parts = parts[1:]
        parts = [parts[-1], *parts[:-1]] if not parts[-1].startswith("@") and len(parts) > 1 else parts
    elif noun and len(parts) > 1:
        at = next((n for n, part in enumerate(parts) if part in _GLUE), len(parts)) - 1
        parts = [parts[at], *parts[:at], *parts[at + 1 :]]
    return parts[0], tuple(parts[1:]), copula


def _told(entry: dict[str, Any]) -> tuple[Any, ...]:
    """Return what an entry tells of all its words, in the order of a frame's fields from ``type`` to ``of``."""
    return (
        EventType(entry["type"]) if "type" in entry else None,
        entry.get("mode"),
        entry.get("op"),
        tuple((entry.get("to") or "").split()),
        tuple((entry.get("actor") or "subj").split()),
        entry.get("object"),
        entry.get("subject"),
        entry.get("both", False),
        entry.get("passive", False),
        entry.get("weak", False),
        entry.get("bare", False),
        entry.get("of", "actor"),
    )


def _forms(verbs: Mapping[str, object], irregular: Mapping[str, str]) -> dict[str, str]:
    """Regular forms of every verb; a lemma that is itself a verb's name is never overwritten."""
    out = {form: verb for form, verb in irregular.items() if verb in verbs}
    for verb in verbs:
        stem = verb[:-1] if verb.endswith("e") else verb
        soft = verb[:-1] + "i" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else None
        double = (
            verb + verb[-1] if len(verb) > 2 and verb[-1] in "bdglmnprt" and verb[-2] in "aeiou" else None
        )
        made = [verb + "s", stem + "ed", stem + "ing"]
        if soft:
            made += [soft + "es", soft + "ed"]
        if double:
            made += [double + "ed", double + "ing"]
        if verb.endswith(("s", "sh", "ch", "x", "z")):
            made.append(verb + "es")
        for form in made:
            if form not in verbs:
                out.setdefault(form, verb)
    return out
