"""The symbolic engine: equilibria of models whose states are too many to list.

The linear algorithm of the fast engine, carried out on sets of states instead of states. For decision
maker i the classes of equally liked states are taken from the worst up. At class v let C be the states
from which the others can bring about a state that deters i there, grown from the C of the class before:

1. add what deters at v: the states liked no better than v (SMR, SSEQ: from which i cannot get to better
ones either); 2. flood backwards through the others' moves (SEQ, SSEQ: improvements) until nothing is added;
3. a state of class v is unstable when i can move from it to a better state outside C.

In option form every decision maker's moves are transitive, so that "nobody moves twice in a row" costs
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from jirga.conflict.statements import parse
from jirga.conflict.states import code_of, word
from jirga.conflict.types import Conflict
from jirga.errors import UsageError
from jirga.stability.bdd import Diagram
from jirga.stability.how import How, conflict_hash
from jirga.stability.symbolic_model import Level, SymbolicModel
from jirga.stability.types import BASIC

__all__ = ["SymbolicStability", "solve_symbolic"]

CONCEPTS = (*BASIC, "SSEQ")
NODES_LIMIT = 8_000_000  # about a quarter of a gigabyte
SECONDS = 300.0


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

    def _equilibria(self, concept: str) -> Diagram:
        return reduce(and_, self.stable[concept])

    def count(self, concept: str, where: str | None = None, dm: str | None = None) -> int:
        """Return exactly how many states are equilibria (or stable for one decision maker).

        Parameters
        ----------
        concept : str
        where : str or None
            A statement: count only states where it is true.
        dm : str or None
        """
        return self._model.diagrams.count(
            self._set(concept, where, dm), len(self.conflict.options) * 2
        ) >> len(self.conflict.options)

    def some(self, concept: str, where: str | None = None, most: int = 20) -> tuple[str, ...]:
        """Return Y/N words of up to `most` equilibria."""
        k = len(self.conflict.options)
        codes = self._model.diagrams.solutions(self._set(concept, where, None), range(k), most)
        return tuple(word(code, k) for code in codes)

    def holds(self, state: str, concept: str, dm: str | None = None) -> bool:
        """Return whether a state, given as Y/N word, is an equilibrium (or stable for one decision maker)."""
        code = code_of(state)
        values = [(bit, bool(code >> bit & 1)) for bit in range(2 * len(self.conflict.options))]
        return self._set(concept, None, dm).eval(values)

    def _set(self, concept: str, where: str | None, dm: str | None) -> Diagram:
        if concept not in self.stable:
            raise UsageError(f"“{concept}” was not asked for; there are {', '.join(self.stable)}.")
        names = [maker.id for maker in self.conflict.decision_makers]
        if dm is not None and dm not in names:
            raise UsageError(f"There is no decision maker “{dm}”; there are {', '.join(names)}.")
        found = self._equilibria(concept) if dm is None else self.stable[concept][names.index(dm)]
        return found if where is None else found & self._model.of(parse(where, self._model.vocabulary))

    def to_json(self) -> dict[str, Any]:
        """Return counts and some equilibria as plain JSON values; counts as text, for they may have many digits."""
        makers = [maker.id for maker in self.conflict.decision_makers]
        return {
            "conflict": self.conflict.name,
            "states": str(self.states),
            "equilibria": {
                concept: {"count": str(self.count(concept)), "some": list(self.some(concept))}
                for concept in self.stable
            },
            "stable": {dm: {c: str(self.count(c, dm=dm)) for c in self.stable} for dm in makers},
            "how": self.how.to_json(),
        }


def solve_symbolic(
    conflict: Conflict,
    concepts: Sequence[str] = BASIC,
    *,
    nodes_limit: int = NODES_LIMIT,
    seconds: float | None = SECONDS,
) -> SymbolicStability:
    """Return the verdicts for a conflict in option form with preference statements.

    Parameters
    ----------
    conflict : Conflict
        Any number of options.
    concepts : sequence of str
        Some of Nash, GMR, SMR, SEQ, SSEQ.
    nodes_limit : int
        Nodes of the decision diagrams.
    seconds : float or None
        Time; looked at between operations, so it may be overrun by one of them.

    Raises
    ------
    TooLargeError
        When a limit is passed.
    UsageError
        For another concept, a graph-form conflict, or a decision maker with a ranking or weights.
    """
    for name in concepts:
        if name not in CONCEPTS:
            raise UsageError(f"The symbolic engine does not know “{name}”: use {', '.join(CONCEPTS)}.")
    model = SymbolicModel(conflict, nodes_limit=nodes_limit, seconds=seconds)
    with model.diagrams:
        tables = [_stable_for(model, i, concepts) for i in range(model.n)]
        stable = {name: tuple(table[name] for table in tables) for name in concepts}
        k = len(conflict.options)
        states = model.diagrams.count(model.feasible, 2 * k) >> k
    return SymbolicStability(conflict, stable, states, How("symbolic", conflict_hash(conflict)), model)


def _stable_for(model: SymbolicModel, i: int, concepts: Sequence[str]) -> dict[str, Diagram]:
    """Return the stable states of one decision maker under each concept."""
    restless = model.before_gaining(i, model.feasible)
    found = {}
    levels = model.levels(i) if set(concepts) - {"Nash"} else []
    for name in concepts:
        unstable = restless if name == "Nash" else _unstable(model, i, name, levels, restless)
        found[name] = model.feasible & ~unstable
    return found


def _unstable(
    model: SymbolicModel, i: int, concept: str, levels: Sequence[Level], restless: Diagram
) -> Diagram:
    """Return the states that i leaves under GMR, SMR, SEQ or SSEQ: steps 1 to 3 above."""
    d = model.diagrams
    unstable, low, sanctioned = d.false, d.false, d.false
    for level in levels:
        low = low | level.states
        better = model.feasible & ~low
        deterring = low
        if concept in ("SMR", "SSEQ"):
            deterring = low & ~model.before(i, better)
        sanctioned = _flooded(model, i, concept, sanctioned, deterring & ~sanctioned)
        asked = level.states & restless
        if asked.satisfiable():
            unstable = unstable | (asked & model.before(i, better & ~sanctioned))
    return unstable


def _flooded(model: SymbolicModel, i: int, concept: str, reached: Diagram, fresh: Diagram) -> Diagram:
    """Return a closed set with everything added from which the others get to `fresh`.

    The others take turns; each is asked only about what was added since its last turn and not by itself, its
    own moves being transitive.
    """
    step = model.before_gaining if concept in ("SEQ", "SSEQ") else model.before
    others = [j for j in range(model.n) if j != i]
    reached = reached | fresh
    waiting = dict.fromkeys(others, fresh)
    turn = quiet = 0
    while quiet < len(others):
        j = others[turn % len(others)]
        turn += 1
        asked, waiting[j] = waiting[j], model.diagrams.false
        more = step(j, asked) & ~reached if asked.satisfiable() else asked
        if not more.satisfiable():
            quiet += 1
            continue
        quiet = 0
        reached = reached | more
        for k in others:
            if k != j:
                waiting[k] = waiting[k] | more
    return reached
