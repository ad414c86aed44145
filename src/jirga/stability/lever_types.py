"""What a lever is, as data: the changes, what they achieve, and how far the search went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from jirga.stability.how import How

__all__ = ["KINDS", "Change", "Lever", "Levers", "Scan"]

KINDS = (
    "reorder",
    "drop",
    "pay",
    "answer",
    "promise",
    "bind",
    "forbid",
    "forgo",
    "reverse",
    "coalition",
    "ranking",
)
"""Kinds of change, the least first among levers of as many changes."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that has to change.

    Attributes
    ----------
    kind : str
        ``reorder``: a place of the preference order moves past others. ``drop``: it is given up.
        ``reverse``: its opposite is wanted. ``promise``: the wanted statement itself becomes a preference,
        however that is brought about. ``pay``: a mediator gives something that this decision maker values
        at that place while the wanted statement is true, and takes it back otherwise. ``answer``: it is given
        the means to hurt the one in `members`, to be used exactly while the wanted statement is not true
        (`place` in its own order, `to` in that of the other). ``bind``: an option, once as wanted, cannot be
        changed back. ``forbid``: the statement, a combination of two options, cannot come about. ``forgo``:
        an option cannot be taken. ``coalition``: members move as one and only where all gain. ``ranking``: a
        state rises (or falls) in a ranking, or a ranking becomes another.
    dm : str or None
        Whose preference or option it is; None for a coalition and for what is forbidden.
    statements : tuple of str
        The place that moves, goes or is new (statements of equal weight stand together).
    place, to : int or None
        Where it stands and where it goes, from 0, most important first.
    passed : tuple of str
        Reorder: statements that it passes. Ranking: states that no longer stand between (Y/N words or names).
    option : str or None
        ``Dm.option``, for bind and forgo.
    value : bool or None
        Bind: the value that cannot be undone.
    members : tuple of str
        Coalition.
    state : str or None
        Ranking: the state that moves.
    ranking : tuple of tuple of str
        Ranking, where more than one state moves: the new one, best first, ties together.
    pairs : tuple of (str, str, str)
        Then also pairs of states, with ``better`` or ``equal`` between them, that the new ranking orders
        so and the old one did not; only the first few.
    size : int
        Places moved, pairs of states that a ranking orders differently, members less one, or how many places
        a new preference outranks; at least 1.
    """

    kind: str
    dm: str | None = None
    statements: tuple[str, ...] = ()
    place: int | None = None
    to: int | None = None
    passed: tuple[str, ...] = ()
    option: str | None = None
    value: bool | None = None
    members: tuple[str, ...] = ()
    state: str | None = None
    ranking: tuple[tuple[str, ...], ...] = ()
    pairs: tuple[tuple[str, str, str], ...] = ()
    size: int = 1

    def to_json(self) -> dict[str, Any]:
        """Return what is set, as plain JSON values."""
        return {name: value for name, value in asdict(self).items() if value not in (None, ())}


@dataclass(slots=True)
class Scan:
    """How far one search went under one concept.

    Attributes
    ----------
    what : str
        ``order``: single changes of one decision maker's order of statements. ``orders``: several of them,
        of all decision makers together. ``moves``: statements moved within their lists, and nothing else.
        ``option``: options bound or given up (one or two), combinations of two forbidden. ``option and
        order``: one of each. ``added option``: payments and answers. ``coalition``: `least` is the number of
        members. ``ranking``: in pairs of states that are ordered differently.
    tried : int
        Changed models that were looked at.
    least : int or None
        The fewest changes (members, pairs) found to do it; None when nothing was found.
    at_least : int
        Fewer cannot do it (proved).
    finished : bool
        False when the search was cut, by time or, for rankings, by the number of states.
    whole : bool
        Whether all there is of the kind was within reach; False for moves in lists that are too long to go
        through all their orders.
    """

    what: str
    tried: int = 0
    least: int | None = None
    at_least: int = 1
    finished: bool = True
    whole: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Lever:
    """Changes that together achieve what is wanted under one concept.

    Attributes
    ----------
    concept : str
    changes : tuple of Change
    states : tuple of int
        Wanted states that are equilibria after it (from 0); for ``avoid`` the unwanted equilibria that it
        ends.
    words : tuple of str
        The same as Y/N words or names.
    arrives : bool or None
        Whether improvements lead from the status quo to one of the states after the change; None when
        there is no status quo, or for ``avoid``.
    smallest : bool
        Whether no lever of fewer changes exists among the kinds that were searched (proved, not sampled).
    """

    concept: str
    changes: tuple[Change, ...]
    states: tuple[int, ...]
    words: tuple[str, ...]
    arrives: bool | None = None
    smallest: bool = True

    @property
    def kind(self) -> str:
        """The kind of its changes; ``mixed`` when they differ."""
        kinds = {change.kind for change in self.changes}
        return kinds.pop() if len(kinds) == 1 else "mixed"

    @property
    def dms(self) -> tuple[str, ...]:
        """Decision makers who have to change, in the order of the changes."""
        named = (dm for change in self.changes for dm in (change.dm, *change.members))
        return tuple(dict.fromkeys(dm for dm in named if dm is not None))

    @property
    def size(self) -> tuple[int, int, int]:
        """What levers are ranked by: number of changes, the worst of their kinds, places or swaps in all."""
        worst = max(KINDS.index(change.kind) for change in self.changes)
        return len(self.changes), worst, sum(change.size for change in self.changes)

    def to_json(self) -> dict[str, Any]:
        """Return the lever as plain JSON values, states numbered from 1."""
        return {
            "concept": self.concept,
            "kind": self.kind,
            "decision_makers": list(self.dms),
            "changes": [change.to_json() for change in self.changes],
            "states": [state + 1 for state in self.states],
            "words": list(self.words),
            "arrives": self.arrives,
            "smallest": self.smallest,
        }


@dataclass(frozen=True, slots=True)
class Levers:
    """The answer to "what is the smallest change that makes this hold" (or fail).

    Attributes
    ----------
    want : str
    avoid : bool
        Whether it should stop being an equilibrium.
    wanted : tuple of int
        States where the statement is true (from 0).
    holds : mapping of str to tuple of int
        Per concept: wanted states that are equilibria as things are.
    blocked_by : mapping of str to mapping of str to tuple of str
        Per concept and wanted state (word): decision makers for whom it is not stable; a few states, those
        nearest to holding first.
    levers : mapping of str to tuple of Lever
        Per concept, smallest first; empty where it holds already or nothing was found.
    at_least : mapping of str to int
        Per concept: no fewer changes of the kinds searched, rankings of states apart, can do it (0: it holds).
    arrives : mapping of str to bool
        Where it holds already: whether improvements lead there from the status quo. Empty without a status
        quo.
    finished : bool
        False when the time ran out: then levers may be missing, and `at_least` says what was proved.
    how : How
    searches : mapping of str to tuple of Scan
        Per concept what was searched, and how far.
    """

    want: str
    avoid: bool
    wanted: tuple[int, ...]
    holds: Mapping[str, tuple[int, ...]]
    blocked_by: Mapping[str, Mapping[str, tuple[str, ...]]]
    levers: Mapping[str, tuple[Lever, ...]]
    at_least: Mapping[str, int]
    arrives: Mapping[str, bool]
    finished: bool
    how: How
    searches: Mapping[str, tuple[Scan, ...]] = field(default_factory=dict)

    def best(self, concept: str) -> Lever | None:
        """Return the smallest lever under a concept, or None."""
        found = self.levers.get(concept, ())
        return found[0] if found else None

    def to_json(self) -> dict[str, Any]:
        """Return the answer as plain JSON values, states numbered from 1."""
        return {
            "want": self.want,
            "avoid": self.avoid,
            "wanted": [state + 1 for state in self.wanted],
            "holds": {name: [state + 1 for state in states] for name, states in self.holds.items()},
            "blocked_by": {
                name: {word: list(dms) for word, dms in rows.items()}
                for name, rows in self.blocked_by.items()
            },
            "levers": {name: [lever.to_json() for lever in found] for name, found in self.levers.items()},
            "at_least": dict(self.at_least),
            "arrives": dict(self.arrives),
            "finished": self.finished,
            "searches": {name: [scan.to_json() for scan in scans] for name, scans in self.searches.items()},
            "how": self.how.to_json(),
        }
