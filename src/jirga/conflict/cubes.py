"""Formulas as patterns: the ``or`` of ``and``s of options that is true at the same states."""

from __future__ import annotations

from itertools import product

from jirga.conflict.formula import And, At, Formula, If, Iff, Matches, Not, Or, Taken

__all__ = ["cubes"]

MAX_CUBES = 4096  # more than that nobody reads in a list of patterns


def cubes(formula: Formula, *, positive: bool = True) -> tuple[Matches, ...] | None:
    """Return patterns whose ``or`` is the formula (or its opposite), in the order of the text.

    Returns
    -------
    tuple of Matches or None
        Empty for a formula that is never true; None when there would be more than 4096.
    """
    match formula:
        case Taken(bit):
            return (Matches(1 << bit, 0) if positive else Matches(0, 1 << bit),)
        case Matches(yes, no) if positive:
            return (formula,)
        case Matches(yes, no):
            bits = range((yes | no).bit_length())
            flipped = (Matches(no & 1 << bit, yes & 1 << bit) for bit in bits if (yes | no) >> bit & 1)
            return tuple(flipped)
        case At():
            return None
        case Not(child):
            return cubes(child, positive=not positive)
        case And(children) if positive:
            return _both(children, positive=True)
        case Or(children) if not positive:
            return _both(children, positive=False)
        case And(children) | Or(children):
            return _either(tuple(cubes(child, positive=positive) for child in children))
        case If(then, when):
            return cubes(Or((then, Not(when))), positive=positive)
        case Iff(left, right):
            other = right if positive else Not(right)
            return cubes(Or((And((left, other)), And((Not(left), Not(other))))))


def _either(parts: tuple[tuple[Matches, ...] | None, ...]) -> tuple[Matches, ...] | None:
    out: dict[Matches, None] = {}
    for part in parts:
        if part is None:
            return None
        out.update(dict.fromkeys(part))
    return _least(tuple(out)) if len(out) <= MAX_CUBES else None


def _both(children: tuple[Formula, ...], *, positive: bool) -> tuple[Matches, ...] | None:
    found: tuple[Matches, ...] = (Matches(0, 0),)
    for child in children:
        part = cubes(child, positive=positive)
        if part is None or len(part) * len(found) > MAX_CUBES:
            return None
        joined = (Matches(a.yes | b.yes, a.no | b.no) for a, b in product(found, part))
        found = _least(tuple(dict.fromkeys(cube for cube in joined if not cube.yes & cube.no)))
    return found


def _least(found: tuple[Matches, ...]) -> tuple[Matches, ...]:
    """Leave out patterns that lie within another one."""
    if len(found) > 200:
        return found
    return tuple(
        a for a in found if not any(a != b and b.yes & ~a.yes == 0 and b.no & ~a.no == 0 for b in found)
    )
