"""Conditions of threats, answers and refusals: what they ask for, and how that is worded as an option."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from jirga.conflict.draft_labels import course_label, cut
from jirga.record.words import infinitive

__all__ = ["Wanted", "condition_label", "head_before", "names", "starts_with", "wanted"]

NEAR = 30  # characters in which a clause names its subject
_HEAD = re.compile(
    r"(unless|until|till|before|only if|provided that|on condition that|as long as|so long as|while|if"
    r"|only when|only after|only once|as soon as|once|after|when)\s",
    re.I,
)
_PROMISES = frozenset(
    {"if", "only if", "only when", "only after", "only once", "as soon as", "once", "after", "when"}
)
"""Heads of what has to happen first where a promise hangs on it; a threat that begins with one warns of it."""
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
_OWN = frozenset(
    {"its", "their", "his", "her", "our", "my"}
)  # of the maker or of the other: tells no subject
_PASSIVE = re.compile(
    r"(\S+(?: \S+){0,7}?) (?:is|are|was|were|has been|have been|had been) (?:first |fully )?(\w+(?:ed|en|ut|de|wn))\b ?(.*)$"
)  # "a corridor was opened"
_ASPECT = re.compile(
    r"(\S+(?: \S+){0,9}?) (?:have |has |had )?(stops?|stopped|ends?|ended|ceases?|ceased|halts?|halted"
    r"|resumes?|resumed|begins?|began|starts?|started)( at once| immediately)?$"
)  # "the raids stopped"
_WENT_ON = re.compile(r"(?:continued?|persisted?|goes on|go on|went on) (?:to |with |in )?", re.I)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What would meet a condition.

    Attributes
    ----------
    clause : str
        Empty where the condition asks for nothing ("if it rains"); "no truce" where what is wanted is a truce.
    ends : bool
        Whether it is met when the clause stops being so: "as long as the siege lasts".
    deters : bool
        Whether it is met when the clause does not come about: a threat "if the other side crosses the river".
    """

    clause: str = ""
    ends: bool = False
    deters: bool = False


def wanted(condition: str, promise: bool = False) -> Wanted:
    """Read what a condition asks for.

    Parameters
    ----------
    condition : str
        ``unless the road opens``, ``if the raids do not stop``, ``as long as the siege lasts``.
    promise : bool
        Whether a promise hangs on it, and not a threat or a refusal: "if the road opens" then asks for just that.
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
    if word in _PROMISES and (promise or word.startswith("only")):
        return Wanted(without, deters=without != rest)
    if word == "if":
        if without != rest:
            return Wanted(without)
        return Wanted(rest, True) if _GOES_ON.search(rest) else Wanted(rest, deters=True)
    if word in _PROMISES:
        return Wanted()
    return Wanted(rest) if without == rest else Wanted()


def head_before(before: str) -> str:
    """Return the word that makes a clause a condition, where it stands right before it; else nothing.

    Parameters
    ----------
    before : str
        What the report prints before the clause: ``will not open the road until``.
    """
    last = before.lower().split()[-3:]
    for size in (3, 2, 1):
        told = " ".join(last[-size:]) if len(last) >= size else ""
        if told and (found := _HEAD.match(f"{told} ")) and found.end() == len(told) + 1:
            return told
    return ""


def names(clause: str, called: Collection[str]) -> bool:
    """Whether a clause names somebody where its subject stands."""
    low = f" {clause.lower()} "
    return any(
        0 <= low.find(f" {name} ") < NEAR for name in called if len(name) > 1 and name.lower() not in _OWN
    )


def starts_with(clause: str, called: Collection[str]) -> str:
    """Return the name of somebody who is the subject of a clause; empty when nobody of them is."""
    low = clause.lower()
    told = (low, low.partition(" ")[2] if low.startswith(("the ", "its ", "their ", "his ")) else low)
    found = [n for n in called if len(n) > 1 and n not in _OWN and any(t.startswith(f"{n} ") for t in told)]
    return max(found, key=len, default="")


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
        ``Withdraw from Karst``, ``No longer hold the dam``, ``Open a corridor``, ``Meet the condition that the raids stop``.
    """
    plain = asked.clause.strip(" ,.;:“”\"'")
    if plain.lower().startswith("no "):
        return course_label(plain, "")
    for name in sorted(subjects, key=lambda n: (-len(n), n)):
        at = f" {plain.lower()} ".find(f" {name} ")
        if len(name) < 2 or name in _OWN or not 0 <= at < NEAR:
            continue
        rest = plain[at + len(name) :].split()
        while rest and rest[0].lower() in _ADVERBS:
            rest = rest[1:]
        verb = _infinitive(rest[0]) if rest and rest[0].lower() not in _FINITE else None
        if verb is not None:
            return _deed(f"{verb} {' '.join(rest[1:])}".strip(), asked.ends)
    aspect = _ASPECT.match(plain)
    if aspect is not None and not asked.ends and (verb := _infinitive(aspect.group(2))) is not None:
        return cut(f"{verb[:1].upper()}{verb[1:]} {aspect.group(1)}{aspect.group(3) or ''}")
    passive = _PASSIVE.match(plain)
    if passive is not None and not asked.ends and (verb := _infinitive(passive.group(2))) is not None:
        return cut(f"{verb[:1].upper()}{verb[1:]} {passive.group(1)} {passive.group(3)}".strip())
    return cut(f"End this: {plain}" if asked.ends else f"Meet the condition that {plain}")


def _deed(told: str, ends: bool) -> str:
    """Word a deed, or the end of one: ``No longer hold the dam``, ``Stop shelling the town``."""
    if not ends:
        return cut(told[:1].upper() + told[1:])
    without = _WENT_ON.sub("", told, count=1) if _WENT_ON.match(told) else told
    gerund = without.partition(" ")[0].endswith("ing")
    return cut(f"Stop {without}" if gerund else f"No longer {without}")


def _infinitive(verb: str) -> str | None:
    """Return the infinitive of a verb; of one that is not known, by the rules of spelling."""
    known = infinitive(verb)
    low = verb.lower().strip(",.;:'\"")
    if known is not None or not low.endswith("ed") or len(low) < 6:
        return known
    stem = low[:-2]
    if (stem[-1] in "csuvz" and stem[-1] != stem[-2]) or stem.endswith(("at", "ag", "dg", "rg", "ir")):
        return f"{stem}e"
    return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "ls" else stem
