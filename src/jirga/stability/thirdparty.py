"""What a third party could do: a conditional payment, a guarantee, a new option; the equilibria before and after.

A third party is one more decision maker, or somebody who changes what the others can do. Each function
returns a changed conflict, and `effect` compares it with the one it came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jirga.conflict.statements import Vocabulary
from jirga.conflict.states import StateSpace, feasible
from jirga.conflict.types import Conflict, DecisionMaker, Direction, Option, Preference, Rule
from jirga.errors import UsageError
from jirga.stability.apply import with_payment
from jirga.stability.apply_option import longer_maker, longer_text, with_answer
from jirga.stability.build import to_game
from jirga.stability.door import solve
from jirga.stability.how import How, game_hash
from jirga.stability.types import BASIC

__all__ = ["Effect", "effect", "with_answer", "with_guarantee", "with_option", "with_payment"]


@dataclass(frozen=True, slots=True)
class Effect:
    """How the equilibria change.

    Attributes
    ----------
    gained, lost, kept : mapping of str to tuple of str
        Per concept, Y/N words over the options of the conflict before (options that are new are left off;
        a word counts as an equilibrium after when it is one for some values of the new options).
    how : How
        Of the changed conflict.
    """

    gained: Mapping[str, tuple[str, ...]]
    lost: Mapping[str, tuple[str, ...]]
    kept: Mapping[str, tuple[str, ...]]
    how: How

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        parts = {"gained": self.gained, "lost": self.lost, "kept": self.kept}
        return {
            **{name: {c: list(words) for c, words in part.items()} for name, part in parts.items()},
            "how": self.how.to_json(),
        }


def effect(before: Conflict, after: Conflict, concepts: Sequence[str] = BASIC) -> Effect:
    """Compare the equilibria of two conflicts, the second having the options of the first and perhaps more behind them.

    Raises
    ------
    UsageError
        When the first options of the second conflict are not those of the first.
    """
    k = len(before.options)
    if [(o.dm, o.id) for o in after.options[:k]] != [(o.dm, o.id) for o in before.options]:
        raise UsageError(
            "To compare two conflicts, the options of the second have to begin with those of the first."
        )
    spaces = feasible(before), feasible(after)
    games = to_game(before, spaces[0]), to_game(after, spaces[1])
    held = [
        {name: _words(space, states.tolist(), k) for name, states in solve(game, concepts).equilibria.items()}
        for space, game in zip(spaces, games, strict=True)
    ]
    old, new = held
    return Effect(
        {name: tuple(w for w in new[name] if w not in old[name]) for name in concepts},
        {name: tuple(w for w in old[name] if w not in new[name]) for name in concepts},
        {name: tuple(w for w in old[name] if w in new[name]) for name in concepts},
        How("third party", game_hash(games[1])),
    )


def _words(space: StateSpace, states: Sequence[int], k: int) -> tuple[str, ...]:
    words = (space.word(state) for state in states)
    return tuple(dict.fromkeys(word if space.names else word[:k] for word in words))


def with_guarantee(conflict: Conflict, option: str, *, taken: bool = True) -> Conflict:
    """Return the conflict in which an option, once taken (or once dropped), cannot be changed back.

    Parameters
    ----------
    conflict : Conflict
    option : str
        ``Dm.option``, or the option's name when it is unique.
    taken : bool
    """
    at = _find(conflict, option)
    direction = Direction.TO_YES if taken else Direction.TO_NO
    makers = tuple(
        replace(
            maker, options=tuple(replace(o, direction=direction) if o is at else o for o in maker.options)
        )
        for maker in conflict.decision_makers
    )
    return replace(conflict, decision_makers=makers)


def _find(conflict: Conflict, name: str) -> Option:
    hits = [o for o in conflict.options if name in (o.id, f"{o.dm}.{o.id}")]
    if len(hits) != 1:
        raise UsageError(f"“{name}” names {len(hits)} options; write Dm.option.")
    return hits[0]


def with_option(
    conflict: Conflict,
    option: Option,
    preferences: Sequence[str] = (),
    valued: Mapping[str, tuple[int, str]] | None = None,
    rules: Sequence[Rule] = (),
) -> Conflict:
    """Return the conflict with one more option, held by a new decision maker or by the last one.

    Parameters
    ----------
    conflict : Conflict
        In option form.
    option : Option
        Its ``dm`` is new, or the last decision maker (the new option has to be the last bit).
    preferences : sequence of str
        Statements of a new decision maker, most important first.
    valued : mapping of str to (int, str)
        Per decision maker a place in its order and a new statement there, over old and new options.
    rules : sequence of Rule
        What becomes infeasible.

    Raises
    ------
    UsageError
        In graph form, or when the owner is neither new nor last.
    """
    names = [maker.id for maker in conflict.decision_makers]
    if conflict.states or (option.dm in names and option.dm != names[-1]):
        raise UsageError("A new option belongs to a new decision maker or to the last one, in option form.")
    old = Vocabulary.of(conflict)
    new = Vocabulary((*old.options, (option.dm, option.id)))
    makers = [
        longer_maker(old, new, maker, *(valued or {}).get(maker.id, (None, "")))
        for maker in conflict.decision_makers
    ]
    if option.dm in names:
        makers[-1] = replace(makers[-1], options=(*makers[-1].options, option))
    else:
        wants = tuple(Preference((text,)) for text in preferences)
        makers.append(DecisionMaker(option.dm, option.dm, (option,), wants))
    kept = tuple(
        replace(rule, terms=tuple(longer_text(old, new, term) for term in rule.terms))
        for rule in conflict.infeasible
    )
    status_quo = None if conflict.status_quo is None else conflict.status_quo + "N"
    return replace(conflict, decision_makers=tuple(makers), infeasible=(*kept, *rules), status_quo=status_quo)
