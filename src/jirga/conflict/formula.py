"""Boolean formulas over options (or over states, in graph form): the tree that statements become.

Seven kinds of node, each a frozen dataclass, so that any engine can walk them with one ``match``:

=================  ==========================================================
:class:`Taken`     the option at ``bit`` is taken
:class:`Matches`   the state has all bits of ``yes`` and none of ``no`` (Y/N/- pattern)
:class:`At`        graph form: the state is number ``state`` (0-based)
:class:`Not`       ``child`` is false
:class:`And`       all ``children`` are true (true when there are none)
:class:`Or`        some of ``children`` is true (false when there are none)
:class:`If`        false only where ``when`` is true and ``then`` is false
:class:`Iff`       both sides are equal
=================  ==========================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "And",
    "At",
    "BoolArray",
    "CodeArray",
    "Formula",
    "If",
    "Iff",
    "Matches",
    "Not",
    "Or",
    "Taken",
    "bits_of",
    "evaluate",
    "holds",
    "undecided",
]

BoolArray: TypeAlias = NDArray[np.bool_]
CodeArray: TypeAlias = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Taken:
    """The option at ``bit`` (0 is the first option) is taken."""

    bit: int


@dataclass(frozen=True, slots=True)
class Matches:
    """A Y/N/- pattern: every bit of ``yes`` is set and no bit of ``no``."""

    yes: int
    no: int


@dataclass(frozen=True, slots=True)
class At:
    """Graph form: the state is number ``state``, counted from 0."""

    state: int


@dataclass(frozen=True, slots=True)
class Not:
    """The child is false."""

    child: Formula


@dataclass(frozen=True, slots=True)
class And:
    """All children are true."""

    children: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one child is true."""

    children: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class If:
    """``then if when``: false only where ``when`` is true and ``then`` is false."""

    then: Formula
    when: Formula


@dataclass(frozen=True, slots=True)
class Iff:
    """Both sides are true, or both are false."""

    left: Formula
    right: Formula


Formula: TypeAlias = Taken | Matches | At | Not | And | Or | If | Iff


def evaluate(formula: Formula, codes: CodeArray) -> BoolArray:
    """Tell for each state whether the formula is true there.

    Parameters
    ----------
    formula : Formula
    codes : ndarray of uint64, shape (m,)
        Codes of states in option form; in graph form the state numbers 0..m-1.

    Returns
    -------
    ndarray of bool, shape (m,)
    """
    match formula:
        case Taken(bit):
            return _same(codes & np.uint64(1 << bit), 1 << bit)
        case Matches(yes, no):
            return _same(codes & np.uint64(yes | no), yes)
        case At(state):
            return _same(codes, state)
        case Not(child):
            return ~evaluate(child, codes)
        case And(children):
            out = np.ones(codes.shape, dtype=np.bool_)
            for child in children:
                out &= evaluate(child, codes)
            return out
        case Or(children):
            out = np.zeros(codes.shape, dtype=np.bool_)
            for child in children:
                out |= evaluate(child, codes)
            return out
        case If(then, when):
            return evaluate(then, codes) | ~evaluate(when, codes)
        case Iff(left, right):
            return ~(evaluate(left, codes) ^ evaluate(right, codes))


def _same(codes: CodeArray, value: int) -> BoolArray:
    out: BoolArray = codes == np.uint64(value)
    return out


def holds(formula: Formula, code: int) -> bool:
    """Tell whether the formula is true at one state; ``code`` may have any number of bits."""
    match formula:
        case Taken(bit):
            return bool(code >> bit & 1)
        case Matches(yes, no):
            return code & (yes | no) == yes
        case At(state):
            return code == state
        case Not(child):
            return not holds(child, code)
        case And(children):
            return all(holds(child, code) for child in children)
        case Or(children):
            return any(holds(child, code) for child in children)
        case If(then, when):
            return holds(then, code) or not holds(when, code)
        case Iff(left, right):
            return holds(left, code) == holds(right, code)


def undecided(formula: Formula, codes: CodeArray, known: int) -> tuple[BoolArray, BoolArray]:
    """Evaluate where only the options in ``known`` are settled (Kleene's three values).

    Parameters
    ----------
    formula : Formula
    codes : ndarray of uint64, shape (m,)
        Partial states; bits outside ``known`` are 0 and mean nothing.
    known : int
        Bits that are settled.

    Returns
    -------
    true, false : ndarray of bool, shape (m,)
        Where the formula is certainly true and certainly false; neither where it is open.
    """
    match formula:
        case Taken(bit):
            if not known >> bit & 1:
                nowhere = np.zeros(codes.shape, dtype=np.bool_)
                return nowhere, nowhere.copy()
            taken = evaluate(formula, codes)
            return taken, ~taken
        case Matches(yes, no):
            clash = ~evaluate(Matches(yes & known, no & known), codes)
            return (~clash if (yes | no) & ~known == 0 else np.zeros(codes.shape, dtype=np.bool_)), clash
        case At():
            here = evaluate(formula, codes)
            return here, ~here
        case Not(child):
            true, false = undecided(child, codes, known)
            return false, true
        case And(children):
            return _all(tuple(undecided(child, codes, known) for child in children), codes)
        case Or(children):
            false, true = _all(tuple(undecided(child, codes, known)[::-1] for child in children), codes)
            return true, false
        case If(then, when):
            return undecided(Or((then, Not(when))), codes, known)
        case Iff(left, right):
            (lt, lf), (rt, rf) = undecided(left, codes, known), undecided(right, codes, known)
            return (lt & rt) | (lf & rf), (lt & rf) | (lf & rt)


def _all(parts: tuple[tuple[BoolArray, BoolArray], ...], codes: CodeArray) -> tuple[BoolArray, BoolArray]:
    true = np.ones(codes.shape, dtype=np.bool_)
    false = np.zeros(codes.shape, dtype=np.bool_)
    for part_true, part_false in parts:
        true &= part_true
        false |= part_false
    return true, false


def bits_of(formula: Formula) -> int:
    """Return the options that the formula names, as a mask (0 for a graph-form formula)."""
    match formula:
        case Taken(bit):
            return 1 << bit
        case Matches(yes, no):
            return yes | no
        case At():
            return 0
        case Not(child):
            return bits_of(child)
        case And(children) | Or(children):
            mask = 0
            for child in children:
                mask |= bits_of(child)
            return mask
        case If(left, right) | Iff(left, right):
            return bits_of(left) | bits_of(right)
