"""A model as Boolean functions of its options: feasible states, moves and preferences, none of them listed.

Every option is a variable, and has a primed twin for the value after its owner's move. Moves need no
twins: that some state of a set T can be reached by decision maker j is "T for some values of j's options",
and for an option that can only be switched on, ``T[on] or (off and T[off])``, one option after the other.
In graph form the bits of a state's number are the variables, and moves are a relation over them and their
twins.

An order of preferences is a row of *places*, most important first; the *mark* of a state at a place is a
number. Statements of equal weight make one place: the mark is how many of them are true. The bits of a rank
or of a sum of weights are places too, the highest first. "j prefers the state after to the state before" is
a relation over the options and j's twins, built from the last place to the first: better at this place, or
equal at this place and better further down.

For each decision maker there are *level* variables besides, which spell marks: so one diagram holds a set of
states for each level of its preferences, and all levels are worked on at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from jirga.conflict.formula import And, At, Formula, If, Iff, Matches, Not, Or, Taken
from jirga.errors import UsageError
from jirga.stability.bdd import Diagram, Diagrams
from jirga.stability.symbolic_order import variable_order

__all__ = ["Place", "Shape", "SymbolicModel"]

SMALL_BITS = 20  # options up to which the work is small
CACHE = 1 << 16  # results remembered then: a large cache costs more to set up than such a model takes
LARGE_CACHE = 1 << 22  # 64 MiB; with a quarter of it large models take up to a third longer


@dataclass(frozen=True)
class Place:
    """One place of an order of preferences, before it is a diagram.

    Attributes
    ----------
    mask : int
        Options that it depends on.
    top : int
        Its highest mark; the lowest is 0.
    """

    mask: int
    top: int


@dataclass(frozen=True)
class Shape:
    """What has to be known before there are diagrams.

    Attributes
    ----------
    names : tuple of str
        Decision makers.
    bits : int
        Number of options, or of bits that a state's number takes.
    masks : tuple of int
        Bits that each decision maker's moves may change.
    places : tuple (decision makers) of tuple of Place
    to_yes, to_no : int
        Bits that may only be switched on, only be switched off.
    named : tuple of int
        Masks of options that rules or statements name together.
    """

    names: tuple[str, ...]
    bits: int
    masks: tuple[int, ...]
    places: tuple[tuple[Place, ...], ...]
    to_yes: int = 0
    to_no: int = 0
    named: tuple[int, ...] = ()


class SymbolicModel:
    """Moves and preferences over binary decision diagrams; :mod:`jirga.stability.symbolic_build` fills it.

    Parameters
    ----------
    shape : Shape
    nodes_limit : int
    seconds : float or None
        Time for all that is done with the model.
    levels : sequence of int
        The decision makers who get level variables.

    Attributes
    ----------
    feasible : Diagram
    marks : list (decision makers) of list (places) of list of Diagram
        The states with mark 0, 1, ..
    arcs : list of Diagram, or None
        Graph form: the moves of each decision maker, over bits and twins.
    """

    def __init__(
        self, shape: Shape, *, nodes_limit: int, seconds: float | None, levels: Sequence[int]
    ) -> None:
        self.shape, self.levels = shape, levels
        k = shape.bits
        self.level_variables: list[list[range]] = []
        at, groups = k, [*shape.named]
        for i, places in enumerate(shape.places):
            rows = []
            for place in places if i in levels else ():
                rows.append(range(at, at := at + place.top.bit_length()))
                groups += [place.mask | 1 << level for level in rows[-1]]
            self.level_variables.append([range(k + row.start, k + row.stop) for row in rows])
        order = variable_order(at, groups)
        twins = [v for bit in order for v in ((bit, k + bit) if bit < k else (k + bit,))]
        cache = LARGE_CACHE if k > SMALL_BITS else CACHE
        self.diagrams = d = Diagrams(twins, nodes_limit=nodes_limit, seconds=seconds, cache=cache)
        self.own = [[bit for bit in range(k) if mask >> bit & 1] for mask in shape.masks]
        fixed = shape.to_yes | shape.to_no
        self._cubes = [d.cube(bit for bit in bits if not fixed >> bit & 1) for bits in self.own]
        self._twin_cubes = [d.cube(k + bit for bit in bits) for bits in self.own]
        self._after = [d.substitution({bit: d.var(k + bit) for bit in bits}) for bits in self.own]
        self._values = {
            bit: (d.substitution({bit: d.true}), d.substitution({bit: d.false}))
            for bit in range(k)
            if fixed >> bit & 1
        }
        self.feasible = d.true
        self.marks: list[list[list[Diagram]]] = []
        self.arcs: list[Diagram] | None = None

    def fill(
        self, feasible: Diagram, marks: list[list[list[Diagram]]], arcs: list[Diagram] | None = None
    ) -> None:
        """Set the states, the marks and, in graph form, the moves."""
        self.feasible, self.marks, self.arcs = feasible, marks, arcs
        self.prefers = [self._gains(j) for j in range(self.n)]
        orders = {i: self._order(i) for i in self.levels}
        self.low = {i: low for i, (low, _) in orders.items()}
        self.level = {i: level for i, (_, level) in orders.items()}
        self.level_cubes = {
            i: self.diagrams.cube(v for row in self.level_variables[i] for v in row) for i in self.levels
        }

    @property
    def n(self) -> int:
        """Number of decision makers."""
        return len(self.shape.names)

    def count(self, states: Diagram) -> int:
        """Return how many states a set has."""
        return self.diagrams.count(states, self.shape.bits)

    def after(self, states: Diagram, j: int) -> Diagram:
        """Return a function of the state after a move of j, with j's options read from their twins."""
        return self.diagrams.replaced(states, self._after[j])

    def preferred(self, j: int, movers: Sequence[int]) -> Diagram:
        """Return "j prefers the state after to the state before", when some decision makers have moved."""
        d = self.diagrams
        gains = d.false
        for counted in reversed(self.marks[j]):
            after = [reduce(self.after, movers, states) for states in counted]
            equal = reduce(or_, (a & b for a, b in zip(counted, after, strict=True)), d.false)
            above = reduce(or_, after[1:], d.false)
            more = d.false
            for c, states in enumerate(counted[:-1]):
                more = more | (states & above)
                above = above & ~after[c + 1]
            gains = more | (equal & gains)
            d.check()
        return gains

    def _gains(self, j: int) -> Diagram:
        """Return "j can move and gains": options before, twins of j's options after."""
        gains, d, k = self.preferred(j, (j,)), self.diagrams, self.shape.bits
        if self.arcs is not None:
            return gains & self.arcs[j]
        for bit in self.own[j]:
            if self.shape.to_yes >> bit & 1:
                gains = gains & d.var(bit).imp(d.var(k + bit))
            if self.shape.to_no >> bit & 1:
                gains = gains & d.var(k + bit).imp(d.var(bit))
        return gains

    def _order(self, i: int) -> tuple[Diagram, Diagram]:
        """Return "liked no better than the level" and "liked as the level" of feasible states."""
        d = self.diagrams
        low = equal = d.true
        for counted, row in zip(reversed(self.marks[i]), reversed(self.level_variables[i]), strict=True):
            less = same = below = d.false
            for mark, states in enumerate(counted):
                here = d.number(row, mark)
                less, same, below = less | (below & here), same | (states & here), below | states
            low, equal = less | (same & low), same & equal
            d.check()
        return low & self.feasible, equal & self.feasible

    def before(self, j: int, states: Diagram) -> Diagram:
        """Return the feasible states from which j can move into a set.

        In option form the feasible states of the set itself are among them.
        """
        d = self.diagrams
        if self.arcs is not None:
            return d.some_both(self._twin_cubes[j], self.arcs[j], self.after(states, j))
        found = d.some(self._cubes[j], states)
        for bit in self.own[j]:
            if bit not in self._values or self.shape.to_yes & self.shape.to_no & 1 << bit:
                continue  # free, and quantified already; or never changed at all
            on, off = (d.replaced(found, value) for value in self._values[bit])
            up = self.shape.to_yes >> bit & 1
            found = on | (~d.var(bit) & off) if up else off | (d.var(bit) & on)
        return found & self.feasible

    def before_gaining(self, j: int, states: Diagram) -> Diagram:
        """Return the feasible states from which j has an improvement into a set of feasible states."""
        if not self.prefers[j].satisfiable():
            return self.diagrams.false
        found = self.diagrams.some_both(self._twin_cubes[j], self.prefers[j], self.after(states, j))
        return found & self.feasible

    def of(self, formula: Formula) -> Diagram:
        """Return the states where a formula is true (feasible or not)."""
        d = self.diagrams
        match formula:
            case Taken(bit):
                return d.var(bit)
            case Matches(yes, no):
                named = [bit for bit in range(self.shape.bits) if (yes | no) >> bit & 1]
                return reduce(and_, (d.var(b) if yes >> b & 1 else ~d.var(b) for b in named), d.true)
            case Not(child):
                return ~self.of(child)
            case And(children):
                return reduce(and_, map(self.of, children), d.true)
            case Or(children):
                return reduce(or_, map(self.of, children), d.false)
            case If(then, when):
                return self.of(when).imp(self.of(then))
            case Iff(left, right):
                return self.of(left).equiv(self.of(right))
            case At(state):
                return d.number(range(self.shape.bits), state)
        raise UsageError("The symbolic engine does not know this kind of formula.")
