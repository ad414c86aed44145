"""One wish of a drafted model before it is ordered: how strong the words behind it are."""

from __future__ import annotations

from dataclasses import dataclass

from jirga.conflict.types import Evidence

__all__ = [
    "BELOW",
    "CONDITION",
    "COSTLY",
    "DEMANDED",
    "INSISTS",
    "IN_PART",
    "OFFERED",
    "OUTSIDE",
    "PER_ORIGIN",
    "PER_TELLING",
    "PROMISED",
    "REFUSED",
    "REFUSED_INFERRED",
    "RUNNING",
    "THREATENED",
    "UNANSWERED",
    "Want",
    "inner",
    "negation",
]

REFUSED = 4.0  # said no: a party knew the price and still refused
REFUSED_INFERRED = 3.7  # the refusal is sure, what it refers to is read from the place in the text
CONDITION = 3.3  # yes, if
DEMANDED = 3.0
RUNNING = 2.5  # does it now, whatever is said
PROMISED = 2.0  # said yes to it, or bound itself
IN_PART = 1.8  # said yes to part of it
OFFERED = 1.5  # said that it was ready for it: an offer, not yet a word given
THREATENED = 0.9  # assumption: nobody wants a threat carried out against it
COSTLY = 0.8  # assumption: carrying out a threat costs who makes it
OUTSIDE = 0.4  # assumption: a threat whose condition no option of the model can say
UNANSWERED = 0.5  # assumption: what was asked and not answered is rather not granted
PER_ORIGIN, PER_TELLING, INSISTS = 0.1, 0.02, 0.3  # finer steps inside one class
BELOW = 0.01  # a threat stands right below the demand that it is to enforce


@dataclass(frozen=True, slots=True)
class Want:
    """A preference statement with its strength and what it rests on."""

    statement: str
    strength: float
    evidence: Evidence
    late: int = 0


def negation(statement: str) -> str:
    """Return the statement that says the opposite."""
    return statement.removeprefix("not ") if statement.startswith("not ") else f"not {statement}"


def inner(statement: str) -> str:
    """Put a statement of several words in brackets, to stand inside another."""
    return f"({statement})" if " " in statement else statement
