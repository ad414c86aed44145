"""Conditions of threats, answers and refusals: what they ask for, and how that is worded as an option."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from jirga.conflict.draft_labels import course_label, cut
from jirga.record.words import infinitive

__all__ = ["Wanted", "condition_label", "names", "wanted"]

NEAR = 30  # characters in which a clause names its subject
_HEAD = re.compile(
    r"(unless|until|till|before|only if|provided that|on condition that|as long as|so long as|while|if)\s",
    re.I,
)
_ENDS = frozenset({"as long as", "so long as", "while"})
_GOES_ON = re.compile(r"\b(?:continues?|continued|persists?|persisted|goes on|go on|went on)\b", re.I)
_NOT = re.compile(r"\b(?:(?:do|does|did) not |(?:don|doesn|didn)['’]t |(?<=is )not |(?<=are )not "
                  r"|(?<=was )not |(?<=were )not |(?<=has )not |(?<=have )not )")  # fmt: skip
_LACKS = re.compile(r"there (?:is|was|are|were) (no \S.*)$", re.I)
_ASIDE = re.compile(r"\([^()]{0,80}\)")
_FINITE = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "be", "would", "will", "should", "could"}
)
_ADVERBS = frozenset({"first", "fully", "completely", "immediately", "also", "then"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What would meet a condition.

    Attributes
    ----------
    clause : str
        Empty where the condition asks for nothing ("if it rains"); "no truce" where what is wanted is a truce.
    ends : bool
        Whether it is met when the clause stops being so: "as long as the siege lasts".
    """

    clause: str = ""
    ends: bool = False


def wanted(condition: str) -> Wanted:
    """Read what a condition asks for.

    Parameters
    ----------
    condition : str
        ``unless the road opens``, ``if the raids do not stop``, ``as long as the siege lasts``.
    """
    plain = " ".join(_ASIDE.sub(" ", condition).split()).strip(" ,.;:“”\"'")
    head = _HEAD.match(plain)
    if head is None:
        return Wanted()
    word, rest = head.group(1).lower(), plain[head.end() :]
    without = _NOT.sub("", rest, count=1)
    if word in _ENDS:
        return Wanted(rest, True) if without == rest else Wanted(without)
    lacks = _LACKS.match(rest)
    if lacks is not None and word == "if":
        return Wanted(lacks.group(1))
    if word == "if":
        if without != rest:
            return Wanted(without)
        return Wanted(rest, True) if _GOES_ON.search(rest) else Wanted()
    return Wanted(rest) if without == rest else Wanted()


def names(clause: str, called: Collection[str]) -> bool:
    """Whether a clause names somebody where its subject stands."""
    low = f" {clause.lower()} "
    return any(0 <= low.find(f" {name} ") < NEAR for name in called if len(name) > 1)


def condition_label(asked: Wanted, subjects: Collection[str]) -> str:
    """Word what a condition asks: as the owner's deed when it is the subject, else as the condition itself.

    Parameters
    ----------
    asked : Wanted
    subjects : collection of str
        What the reports call the owner, lower case.

    Returns
    -------
    str
        ``Withdraw from Karst``, ``No longer hold the dam``, ``Meet the condition that the raids stop``.
    """
    plain = asked.clause.strip(" ,.;:“”\"'")
    if plain.lower().startswith("no "):
        return course_label(plain, "")
    for name in sorted(subjects, key=lambda n: (-len(n), n)):
        at = f" {plain.lower()} ".find(f" {name} ")
        if len(name) < 2 or not 0 <= at < NEAR:
            continue
        rest = plain[at + len(name) :].split()
        while rest and rest[0].lower() in _ADVERBS:
            rest = rest[1:]
        verb = infinitive(rest[0]) if rest and rest[0].lower() not in _FINITE else None
        if verb is not None:
            label = " ".join([verb, *rest[1:]])
            return cut(f"No longer {label}" if asked.ends else label[:1].upper() + label[1:])
    return cut(f"End this: {plain}" if asked.ends else f"Meet the condition that {plain}")
