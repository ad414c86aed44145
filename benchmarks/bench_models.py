"""Random conflicts of given size, the same for the same seed."""

from __future__ import annotations

import random

from jirga.conflict.types import Conflict, DecisionMaker, Option, Preference, Rule

__all__ = ["random_conflict"]

FORMS = (
    "{a}",
    "not {a}",
    "{a} and {b}",
    "{a} or not {c}",
    "{a} if {b}",
    "{a} iff {b}",
    "{a} iff {b} and {c}",
)


def random_conflict(seed: int, options: int, rules: int, dms: int = 4, statements: int = 6) -> Conflict:
    """Return a conflict whose statements and rules name one to three options drawn from all of them."""
    rng = random.Random(seed)
    names = [f"o{k}" for k in range(options)]
    owner = {name: k % dms for k, name in enumerate(names)}

    def statement() -> str:
        a, b, c = rng.sample(names, 3)
        return rng.choice(FORMS).format(a=a, b=b, c=c)

    makers = tuple(
        DecisionMaker(
            f"d{i}",
            f"d{i}",
            tuple(Option(name, f"d{i}", name) for name in names if owner[name] == i),
            tuple(Preference((statement(),)) for _ in range(statements)),
        )
        for i in range(dms)
    )
    forbidden = tuple(Rule("statement", (" and ".join(rng.sample(names, 3)),)) for _ in range(rules))
    return Conflict(f"random {options}", makers, forbidden, "N" * options)
