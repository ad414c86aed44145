"""The symbolic engine: verdicts of models whose states are too many to list.

A conflict goes in by its statements (or weights), so that its states are never listed; a game goes in by its
numbers. The algorithm stands in :mod:`jirga.stability.symbolic_verdicts`.
"""

from __future__ import annotations

import html
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jirga.conflict.statements import Vocabulary, parse
from jirga.conflict.states import code_of, word
from jirga.conflict.types import Conflict
from jirga.errors import UsageError
from jirga.stability.bdd import Diagram
from jirga.stability.game import Game
from jirga.stability.how import How, conflict_hash
from jirga.stability.symbolic_build import NODES_LIMIT, SECONDS, model_of_conflict, model_of_game
from jirga.stability.symbolic_model import SymbolicModel
from jirga.stability.symbolic_verdicts import FLOODED, SIMULTANEOUS, regretting_sets, unstable_set
from jirga.stability.types import BASIC, BoolArray

__all__ = ["SymbolicStability", "solve_symbolic", "symbolic_tables"]

PATTERNS = 20  # shown of the equilibria of one concept
SOME = 5  # states shown in a line


@dataclass(frozen=True, eq=False)
class SymbolicStability:
    """Verdicts for all states, none of them listed.

    Attributes
    ----------
    conflict : Conflict
    stable : mapping of str to tuple of Diagram
        Per concept and decision maker the feasible states that are stable.
    states : int
        How many feasible states there are.
    how : How
    """

    conflict: Conflict
    stable: Mapping[str, tuple[Diagram, ...]]
    states: int
    how: How
    _model: SymbolicModel

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts, in the order asked for."""
        return tuple(self.stable)

    @property
    def engine(self) -> str:
        """The algorithm that gave the verdicts."""
        return self.how.engine

    @cached_property
    def _held(self) -> dict[str, Diagram]:
        return {concept: reduce(and_, sets) for concept, sets in self.stable.items()}

    def count(self, concept: str, where: str | None = None, dm: str | None = None) -> int:
        """Return exactly how many states are equilibria (or stable for one decision maker).

        Parameters
        ----------
        concept : str
        where : str or None
            A statement: count only states where it is true.
        dm : str or None
        """
        return self._model.count(self._set(concept, where, dm))

    def some(self, concept: str, where: str | None = None, most: int = 20) -> tuple[str, ...]:
        """Return Y/N words (in graph form names) of up to `most` equilibria."""
        codes = self._model.diagrams.solutions(
            self._set(concept, where, None), range(self._model.shape.bits), most
        )
        return tuple(map(self._word, codes))

    def patterns(self, concept: str, where: str | None = None, most: int = PATTERNS) -> tuple[str, ...]:
        """Return Y/N/- patterns of equilibria, no two of which share a state.

        They are all equilibria together when there are fewer than `most` of them.
        """
        found = self._model.diagrams.patterns(self._set(concept, where, None), most)
        signs = ("N", "Y")
        return tuple(
            "".join(signs[one[bit]] if bit in one else "-" for bit in range(self._model.shape.bits))
            for one in found
        )

    def holds(self, state: str, concept: str, dm: str | None = None) -> bool:
        """Return whether a state, a Y/N word or a name, is an equilibrium (or stable for one decision maker).

        Raises
        ------
        UsageError
            When the text is no state of the model.
        """
        names = self.conflict.states
        if names and state not in names:
            raise UsageError(f"There is no state “{state}”.")
        if not names and (set(state) - {"Y", "N"} or len(state) != self._model.shape.bits):
            raise UsageError(f"“{state}” is not a Y or N for each of the {self._model.shape.bits} options.")
        code = names.index(state) if names else code_of(state)
        values = [(bit, bool(code >> bit & 1)) for bit in range(self._model.shape.bits)]
        return self._set(concept, None, dm).eval(values)

    def table(self, codes: NDArray[np.uint64], concept: str, dm: str | None = None) -> BoolArray:
        """Return for some codes whether the state is an equilibrium (or stable for one decision maker)."""
        return self._model.diagrams.table(self._set(concept, None, dm), codes)

    def _word(self, code: int) -> str:
        return self.conflict.states[code] if self.conflict.states else word(code, self._model.shape.bits)

    def _set(self, concept: str, where: str | None, dm: str | None) -> Diagram:
        if concept not in self.stable:
            raise UsageError(f"“{concept}” was not asked for; there are {', '.join(self.stable)}.")
        names = self._model.shape.names
        if dm is not None and dm not in names:
            raise UsageError(f"There is no decision maker “{dm}”; there are {', '.join(names)}.")
        found = self._held[concept] if dm is None else self.stable[concept][names.index(dm)]
        if where is None:
            return found
        return found & self._model.of(parse(where, Vocabulary.of(self.conflict)))

    def to_json(self) -> dict[str, Any]:
        """Return the same keys as a listed analysis; ``states`` and numbers of states are null.

        Where an analysis lists states there are counts, as text for they may have many digits; equilibria
        have patterns besides, which are all of them when ``complete``.
        """
        makers, quo = self.conflict.decision_makers, self.conflict.status_quo
        return {
            "conflict": self.conflict.name,
            "engine": self.engine,
            "model_hash": self.how.model_hash,
            "exact": True,
            "decision_makers": [{"id": dm.id, "label": dm.label} for dm in makers],
            "options": [
                {"id": option.id, "dm": option.dm, "label": option.label, "direction": option.direction.value}
                for option in self.conflict.options
            ],
            "states": None,
            "states_count": str(self.states),
            "status_quo": None,
            "status_quo_holds": {} if quo is None else {c: self.holds(quo, c) for c in self.concepts},
            "stability": {
                dm.id: {c: {"count": str(self.count(c, dm=dm.id))} for c in self.concepts} for dm in makers
            },
            "equilibria": {concept: self._equilibria(concept) for concept in self.concepts},
        }

    def _equilibria(self, concept: str) -> dict[str, Any]:
        shown = self.patterns(concept)
        return {
            "count": str(self.count(concept)),
            "patterns": list(shown),
            "complete": len(shown) < PATTERNS,
            "some": list(self.some(concept)),
        }

    def __repr__(self) -> str:
        lines = [f"{self.conflict.name}: {self.states:,} states, none of them listed; engine {self.engine}"]
        for concept in self.concepts:
            some = ", ".join(self.some(concept, most=SOME)) or "none"
            lines.append(f"  {concept:<8} {self.count(concept):,}: {some}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """Return counts and patterns of equilibria as a table, for a notebook."""
        rows = "".join(
            f"<tr><td>{html.escape(c)}</td><td>{self.count(c):,}</td>"
            f"<td>{html.escape(', '.join(self.patterns(c, most=SOME)))}</td></tr>"
            for c in self.concepts
        )
        caption = html.escape(f"{self.conflict.name}: {self.states:,} states, none of them listed")
        head = (
            "<tr><th scope='col'>concept</th><th scope='col'>equilibria</th><th scope='col'>such as</th></tr>"
        )
        return f"<table><caption>{caption}</caption>{head}{rows}</table>"


def solve_symbolic(
    conflict: Conflict,
    concepts: Sequence[str] | None = BASIC,
    *,
    nodes_limit: int = NODES_LIMIT,
    seconds: float | None = SECONDS,
) -> SymbolicStability:
    """Return the verdicts for a conflict; its states are not listed, unless the file lists them itself.

    Parameters
    ----------
    conflict : Conflict
        Any number of options; with statements or weights. A direct ranking or the graph form, which list
        states, go up to 16,384 of them.
    concepts : sequence of str
        Nash, GMR, SMR, SEQ, SSEQ, MR1, MR2..; SIM and SEQ+SIM in option form.
    nodes_limit : int
        Nodes of the decision diagrams.
    seconds : float or None
        Time; looked at between operations, so it may be overrun by one of them.

    Raises
    ------
    TooLargeError
        When a limit is passed.
    UsageError
        For another concept.
    """
    wanted = BASIC if concepts is None else tuple(concepts)
    check_concepts(wanted)
    end = None if seconds is None else time.monotonic() + seconds

    def model_with(levels: Sequence[int] | None) -> SymbolicModel:
        left = None if end is None else end - time.monotonic()
        return model_of_conflict(conflict, nodes_limit=nodes_limit, seconds=left, levels=levels)

    model = model_with(())
    found: dict[str, list[Diagram]] = {name: [] for name in wanted}
    if set(wanted) & set(SIMULTANEOUS):
        _take(model, model_with(None), [name for name in wanted if name in SIMULTANEOUS], found)
    apart = [name for name in wanted if name not in SIMULTANEOUS]
    for i in range(model.n):  # a model for each of them: the order of variables suits its preferences
        _take(model, model_with((i,)) if set(apart) - {"Nash"} else model, apart, found, i)
    stable = {name: tuple(sets) for name, sets in found.items()}
    how = How("symbolic", conflict_hash(conflict))
    return SymbolicStability(conflict, stable, model.count(model.feasible), how, model)


def _take(
    model: SymbolicModel,
    worker: SymbolicModel,
    concepts: Sequence[str],
    found: dict[str, list[Diagram]],
    i: int | None = None,
) -> None:
    """Work out stable sets in one model, of one decision maker or all, and copy them to another."""
    for name in concepts:
        sets = _stable_sets(worker, name) if i is None else [_stable_set(worker, i, name)]
        with model.diagrams as d:
            found[name] += [one if worker is model else d.copied(one, worker.diagrams) for one in sets]


def symbolic_tables(
    game: Game,
    concepts: Sequence[str],
    *,
    nodes_limit: int = NODES_LIMIT,
    seconds: float | None = SECONDS,
) -> dict[str, BoolArray]:
    """Return the verdicts for a game, in option or graph form, worked out on decision diagrams.

    Returns
    -------
    dict of str to ndarray of bool, shape (n, m)

    Raises
    ------
    TooLargeError
        More than 16,384 states, or a limit is passed.
    UsageError
        For a concept that this engine does not know.
    """
    check_concepts(concepts)
    model = model_of_game(game, nodes_limit=nodes_limit, seconds=seconds)
    codes = game.codes if game.option_form else None
    listed = np.arange(game.m, dtype=np.uint64) if codes is None else codes
    return {
        name: np.stack([model.diagrams.table(states, listed) for states in _stable_sets(model, name)])
        for name in concepts
    }


def check_concepts(concepts: Sequence[str]) -> None:
    """Raise for a concept that decision diagrams are not used for.

    Raises
    ------
    UsageError
    """
    for name in concepts:
        if name not in (*FLOODED, *SIMULTANEOUS) and not _rounds(name):
            known = ", ".join((*FLOODED, *SIMULTANEOUS))
            raise UsageError(
                f"The symbolic engine does not know “{name}”; it does {known} and MR with a horizon (MR3)."
            )


def _rounds(name: str) -> int:
    digits = name.removeprefix("MR")
    fits = digits != name and digits.isascii() and digits.isdigit() and len(digits) <= 4
    return int(digits) if fits else 0


def _stable_sets(model: SymbolicModel, name: str) -> list[Diagram]:
    if name not in SIMULTANEOUS:
        return [_stable_set(model, i, name) for i in range(model.n)]
    with model.diagrams:
        return [model.feasible & ~left for left in regretting_sets(model, joint=name == "SEQ+SIM")]


def _stable_set(model: SymbolicModel, i: int, name: str) -> Diagram:
    rounds = _rounds(name)
    with model.diagrams:
        return model.feasible & ~unstable_set(model, i, "MR" if rounds else name, rounds)
