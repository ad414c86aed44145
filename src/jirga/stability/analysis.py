"""One call from a conflict to its verdicts, and objects that show themselves in a notebook."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

import numpy as np
from numpy.typing import ArrayLike

from jirga.conflict.load import load
from jirga.conflict.states import StateSpace, feasible, find
from jirga.conflict.types import Conflict
from jirga.conflict.write import dump
from jirga.errors import TooLargeError, UsageError
from jirga.stability.beside import beside
from jirga.stability.build import to_game
from jirga.stability.door import Engine, solve
from jirga.stability.evolution import Evolution, evolve
from jirga.stability.explain import explain
from jirga.stability.game import Game
from jirga.stability.how import game_hash
from jirga.stability.lever_types import Levers
from jirga.stability.levers import levers
from jirga.stability.sweep import Sweep, SweepOptions, sweep
from jirga.stability.together import Together, move_together
from jirga.stability.types import BASIC, Stability, Verdict

if TYPE_CHECKING:
    from jirga.stability.symbolic import SymbolicStability

__all__ = ["Analysis", "Model", "analyse", "load_model"]

SHOWN = 40  # rows of a table; more is read in the JSON output
SSEQ_UP_TO = 200_000  # states; above it only the four basic concepts unless others are asked for
SIM_UP_TO = 20_000  # states; joint moves of all pairs take seconds beyond it
SIM_MOVES = 4_000_000  # listed for it; with twelve options of one decision maker there are 17 million
LISTED_UP_TO = 20_000  # states; what the symbolic engine finds is listed state by state up to here
JOINT_UP_TO = 4_096  # states; the symbolic engine joins moves without being asked up to here
Listing = Literal["auto", "plain", "fast"]


@dataclass(frozen=True, eq=False)
class Analysis:
    """What holds in a conflict, for whom and under which concept.

    Attributes
    ----------
    conflict : Conflict
    space : StateSpace
    game : Game
    stability : Stability
        States numbered from 0.
    together : Together or None
        What changes when some decision makers move together; None when that was not asked.
    """

    conflict: Conflict
    space: StateSpace
    game: Game
    stability: Stability
    together: Together | None = None

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts, in the order asked for."""
        return self.stability.concepts

    @property
    def engine(self) -> str:
        """The algorithm that gave the verdicts; all are exact."""
        return self.stability.engine

    @cached_property
    def model_hash(self) -> str:
        """Hash of the numbers that were analysed."""
        return game_hash(self.game)

    @cached_property
    def status_quo(self) -> int | None:
        """Number of the status quo, counted from 1; None when the model names none."""
        word = self.conflict.status_quo
        return None if word is None else self.space.index(word) + 1

    @cached_property
    def equilibria(self) -> Mapping[str, tuple[int, ...]]:
        """By concept the states, counted from 1, that are stable for every decision maker."""
        return {name: _people(states) for name, states in self.stability.equilibria.items()}

    @cached_property
    def richer(self) -> dict[str, dict[str, Mapping[str, Any]]]:
        """What follows from strength, unknown, fuzzy or probable preferences, attitudes and misperceptions.

        By key of the conflict file and form; empty when no decision maker has such a key. See
        :func:`jirga.stability.beside.beside`.
        """
        return beside(self.conflict)

    def stable(self, dm: str, concept: str) -> tuple[int, ...]:
        """Return the states, counted from 1, that are stable for one decision maker under a concept.

        Raises
        ------
        UsageError
            When there is no such decision maker, or the concept was not asked for.
        """
        if dm not in self.game.dms:
            raise UsageError(f"There is no decision maker “{dm}”; there are {', '.join(self.game.dms)}.")
        if concept not in self.stability.stable:
            raise UsageError(f"“{concept}” was not analysed; there are {', '.join(self.concepts)}.")
        return _people(np.flatnonzero(self.stability.stable[concept][self.game.dms.index(dm)]))

    def explain(self, state: int, concept: str | None = None) -> tuple[Verdict, ...]:
        """Return why a state (counted from 1) is stable or not, one verdict for each decision maker, as data.

        Parameters
        ----------
        state : int
        concept : str, optional
            SEQ unless told otherwise. Sentences are made of verdicts by ``jirga.brief.outcomes.reason``.
        """
        wanted = concept or ("SEQ" if "SEQ" in self.concepts else self.concepts[0])
        return tuple(explain(self.game, state - 1, dm, wanted) for dm in range(self.game.n))

    def evolve(self, start: int | None = None, *, improvements: bool = True) -> Evolution:
        """Return what is reached from a state (counted from 1; the status quo unless told), and by whom.

        Raises
        ------
        UsageError
            When there is no such state, or neither a start nor a status quo.
        """
        begin = start if start is not None else self.status_quo
        if begin is None:
            raise UsageError("The model names no status quo; say from which state to start.")
        return evolve(self.game, begin - 1, improvements=improvements)

    def find(self, text: str) -> tuple[int, ...]:
        """Return the states, counted from 1, that a statement, pattern, word, name or number stands for."""
        return _people(find(self.conflict, self.space, text))

    def name(self, state: int) -> str:
        """Return what a state (counted from 1) is called: its name, or the options that are taken."""
        if self.conflict.states:
            return self.space.names[state - 1]
        code = int(self.space.codes[state - 1])
        taken = [option.id for bit, option in enumerate(self.conflict.options) if code >> bit & 1]
        return ", ".join(taken) if taken else "no option taken"

    def to_json(self) -> dict[str, Any]:
        """Return the analysis as plain JSON values; states are numbered from 1."""
        return {
            "conflict": self.conflict.name,
            "engine": self.engine,
            "model_hash": self.model_hash,
            "exact": True,
            "decision_makers": [{"id": dm.id, "label": dm.label} for dm in self.conflict.decision_makers],
            "options": [
                {"id": option.id, "dm": option.dm, "label": option.label, "direction": option.direction.value}
                for option in self.conflict.options
            ],
            "states": [self._state(state) for state in range(1, self.space.m + 1)],
            "status_quo": self.status_quo,
            "stability": {
                dm: {concept: list(self.stable(dm, concept)) for concept in self.concepts}
                for dm in self.game.dms
            },
            "equilibria": {concept: list(states) for concept, states in self.equilibria.items()},
            **({"together": self.together.to_json()} if self.together else {}),
            **({"richer": self.richer} if self.richer else {}),
            "ranks": {dm: ranks.tolist() for dm, ranks in zip(self.game.dms, self.game.ranks, strict=True)},
        }

    def _state(self, state: int) -> dict[str, Any]:
        graph = bool(self.conflict.states)
        return {
            "n": state,
            "code": None if graph else int(self.space.codes[state - 1]),
            "yn": None if graph else self.space.word(state - 1),
            "name": self.name(state),
        }

    def rows(self) -> list[tuple[str, ...]]:
        """Return the states that matter as table rows: number, word, name, and a mark for each concept.

        All states when there are at most 40, else the status quo and the equilibria, 40 at most.
        """
        states = range(1, self.space.m + 1) if self.space.m <= SHOWN else self._worth_showing()
        held = {concept: set(found) for concept, found in self.equilibria.items()}
        return [
            (
                str(state) + (" *" if state == self.status_quo else ""),
                self.space.word(state - 1),
                self.name(state),
                *("yes" if state in held[concept] else "" for concept in self.concepts),
            )
            for state in states
        ]

    def _worth_showing(self) -> list[int]:
        found = {state for states in self.equilibria.values() for state in states[:SHOWN]}
        if self.status_quo is not None:
            found.add(self.status_quo)
        return sorted(found)[:SHOWN]

    def __repr__(self) -> str:
        size = f"{self.space.m:,} states, {self.game.n} decision makers, engine {self.engine}"
        lines = [f"{self.conflict.name}: {size}"]
        for concept, states in self.equilibria.items():
            shown = ", ".join(str(state) for state in states[:SHOWN])
            more = f" and {len(states) - SHOWN:,} more" if len(states) > SHOWN else ""
            lines.append(f"  {concept:<8} {shown or 'none'}{more}")
        if self.together is not None:
            cells = " | ".join(", ".join(cell) for cell in self.together.cells)
            lines.append(f"  {self.together.form}: {cells}".rstrip(": "))
            for concept, states in self.together.stable.items():
                lines.append(f"  {concept:<8} {', '.join(map(str, states[:SHOWN])) or 'none'}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """Return the table of states and the state graph, for a notebook."""
        head = ("state", "word", "taken", *self.concepts)
        cells = "".join(f"<th scope='col'>{html.escape(text)}</th>" for text in head)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row) + "</tr>" for row in self.rows()
        )
        caption = f"{self.conflict.name}: which states hold (* status quo; engine {self.engine}, exact)"
        table = f"<table><caption>{html.escape(caption)}</caption><tr>{cells}</tr>{body}</table>"
        return f"<div class='jirga-analysis'>{table}{self.svg() or ''}</div>"

    def svg(self) -> str | None:
        """Draw the state graph as SVG; None when there are too many states to draw."""
        from importlib import import_module  # drawings belong to jirga.brief, which may import this package

        drawn: str | None = import_module("jirga.brief.stategraph").state_graph(self)
        return drawn


def _people(states: ArrayLike) -> tuple[int, ...]:
    return tuple((np.asarray(states) + 1).tolist())


def default_concepts(game: Game) -> tuple[str, ...]:
    """Return the concepts that are analysed when none are asked for."""
    if game.m > SSEQ_UP_TO:
        return BASIC
    if not game.option_form or game.m > SIM_UP_TO:
        return (*BASIC, "SSEQ")
    moves = sum(game.count_moves(dm) for dm in range(game.n))
    return (*BASIC, "SSEQ", "SIM") if moves <= SIM_MOVES else (*BASIC, "SSEQ")


@overload
def analyse(
    conflict: Conflict,
    concepts: Sequence[str] | None = None,
    engine: Listing = "auto",
    coalition: str | Sequence[str] | None = None,
) -> Analysis: ...


@overload
def analyse(
    conflict: Conflict,
    concepts: Sequence[str] | None,
    engine: Engine,
    coalition: str | Sequence[str] | None = None,
) -> Analysis | SymbolicStability: ...


@overload
def analyse(
    conflict: Conflict,
    concepts: Sequence[str] | None = None,
    *,
    engine: Engine,
    coalition: str | Sequence[str] | None = None,
) -> Analysis | SymbolicStability: ...


def analyse(
    conflict: Conflict,
    concepts: Sequence[str] | None = None,
    engine: Engine = "auto",
    coalition: str | Sequence[str] | None = None,
) -> Analysis | SymbolicStability:
    """Work out which states are stable for whom, and which are equilibria.

    Parameters
    ----------
    conflict : Conflict
    concepts : sequence of str, optional
        Nash, GMR, SMR, SEQ, SSEQ and SIM (option form) unless told otherwise; see ``door.solve`` for all.
    engine : {"auto", "plain", "fast", "symbolic"}
        ``symbolic`` works on the statements and lists the states afterwards, up to 20,000 of them.
    coalition : str or sequence of str, optional
        Names or numbers of decision makers who may move together, ``all``, or a partition as ``[1,2],3``.

    Returns
    -------
    Analysis
        Or a `SymbolicStability` from the symbolic engine, when there are more than 20,000 states.

    Raises
    ------
    TooLargeError
        When the states cannot be listed; told before they are allocated. The symbolic engine: when it
        passes a limit.
    UsageError
        For an unknown concept or engine.
    """
    if engine == "symbolic":
        return _by_diagrams(conflict, concepts, coalition)
    space = feasible(conflict)
    game = to_game(conflict, space)
    wanted = default_concepts(game) if concepts is None else tuple(concepts)
    return _with_coalition(Analysis(conflict, space, game, solve(game, wanted, engine)), coalition)


def _with_coalition(found: Analysis, coalition: str | Sequence[str] | None) -> Analysis:
    if coalition is None:
        return found
    start = None if found.status_quo is None else found.status_quo - 1
    return replace(found, together=move_together(found.game, coalition, start))


def _by_diagrams(
    conflict: Conflict, concepts: Sequence[str] | None, coalition: str | Sequence[str] | None
) -> Analysis | SymbolicStability:
    """Work on decision diagrams, and list what they say where there are few states."""
    from jirga.stability.symbolic import solve_symbolic

    wanted: Sequence[str] | None = concepts
    if concepts is None:
        states = solve_symbolic(conflict, ()).states
        joint = ("SIM",) if conflict.options and states <= JOINT_UP_TO else ()
        wanted = (*BASIC, "SSEQ", *joint) if states <= LISTED_UP_TO else BASIC
    found = solve_symbolic(conflict, wanted)
    if found.states > LISTED_UP_TO:
        if coalition is not None:
            raise TooLargeError(
                f"Coalitions need the states one by one, and the model has {found.states:,}; the symbolic "
                f"engine lists up to {LISTED_UP_TO:,}. Leave the coalition out, or use the fast engine."
            )
        return found
    space = feasible(conflict)
    game = to_game(conflict, space)
    tables = {
        name: np.stack([found.table(space.codes, name, dm) for dm in game.dms]) for name in found.concepts
    }
    result = Analysis(conflict, space, game, Stability.of(game.dms, tables, found.engine))
    return _with_coalition(result, coalition)


@dataclass(frozen=True, eq=False)
class Model:
    """A loaded conflict with everything that can be asked of it.

    Attributes
    ----------
    conflict : Conflict
    source : str
        The file, as it was named.
    """

    conflict: Conflict
    source: str = ""

    @overload
    def analyse(
        self,
        concepts: Sequence[str] | None = None,
        engine: Listing = "auto",
        coalition: str | Sequence[str] | None = None,
    ) -> Analysis: ...

    @overload
    def analyse(
        self,
        concepts: Sequence[str] | None = None,
        *,
        engine: Engine,
        coalition: str | Sequence[str] | None = None,
    ) -> Analysis | SymbolicStability: ...

    def analyse(
        self,
        concepts: Sequence[str] | None = None,
        engine: Engine = "auto",
        coalition: str | Sequence[str] | None = None,
    ) -> Analysis | SymbolicStability:
        """Work out which states hold; see :func:`analyse`."""
        return analyse(self.conflict, concepts, engine, coalition)

    def levers(self, want: str, concepts: Sequence[str] = BASIC, *, avoid: bool = False) -> Levers:
        """Find the smallest changes that make a statement hold (or fail); see :func:`levers.levers`."""
        return levers(self.conflict, want, concepts=concepts, avoid=avoid)

    def sweep(self, options: SweepOptions | None = None) -> Sweep:
        """Count how often each state holds when preferences are not known; see :func:`sweep.sweep`."""
        return sweep(self.conflict, options or SweepOptions())

    def save(self, path: str | Path) -> None:
        """Write the conflict as YAML; when the path is there already, its comments and order are kept."""
        dump(self.conflict, path, like=path if Path(path).exists() else None)

    def __repr__(self) -> str:
        makers = ", ".join(f"{dm.id} ({len(dm.options)})" for dm in self.conflict.decision_makers)
        return f"Model({self.conflict.name}: {makers})"

    def _repr_html_(self) -> str:
        """Return decision makers and options as a table, for a notebook."""
        rows = "".join(
            f"<tr><td>{html.escape(dm.label)}</td><td>{html.escape(o.label)}</td><td>{o.direction.value}</td></tr>"
            for dm in self.conflict.decision_makers
            for o in dm.options
        )
        head = "<tr><th>decision maker</th><th>option</th><th>direction</th></tr>"
        return f"<table><caption>{html.escape(self.conflict.name)}</caption>{head}{rows}</table>"


def load_model(path: str | Path) -> Model:
    """Load a conflict file (YAML or ``.gmcr``) or text.

    Raises
    ------
    ConflictError
        With every problem of the file at once.
    """
    return Model(load(path), "" if isinstance(path, str) and "\n" in path else str(path))
