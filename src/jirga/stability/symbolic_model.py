"""A conflict as Boolean functions of its options: feasible states, moves and preferences, none of them listed.

Every option is a variable, and has a primed twin for the value after its owner's move. Moves need no
twins: that some state of a set T can be reached by decision maker j is "T for some values of j's options",
and for an option that can only be switched on, ``T[on] or (off and T[off])``, one option after the other.
"j prefers the state after to the state before" is a relation over the options and j's twins, built from
the last place of j's order to the first: better at this place, or equal at this place and better further
down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from jirga.conflict.formula import And, At, Formula, If, Iff, Matches, Not, Or, Taken, bits_of
from jirga.conflict.statements import Vocabulary, parse
from jirga.conflict.states import rules_of
from jirga.conflict.types import Conflict, DecisionMaker, Direction
from jirga.errors import TooLargeError, UsageError
from jirga.stability.bdd import Diagram, Diagrams

__all__ = ["Level", "SymbolicModel", "variable_order"]

LEVELS_LIMIT = 20_000  # classes of equally liked states of one decision maker: 14 statements, each by itself
ORDER_ROUNDS = 40  # rounds after which the order of variables no longer gets better


@dataclass(frozen=True, eq=False)
class Level:
    """States that a decision maker likes equally.

    Attributes
    ----------
    marks : tuple of int
        How many statements of each place are true.
    states : Diagram
    """

    marks: tuple[int, ...]
    states: Diagram


def variable_order(options: int, groups: Sequence[int]) -> tuple[int, ...]:
    """Return the options in an order that keeps those named together close together.

    The FORCE heuristic (Aloul, Markov and Sakallah 2003): each group of options pulls its members to its
    centre.

    Parameters
    ----------
    options : int
    groups : sequence of int
        Masks of options that a statement or rule names.
    """
    members = [[bit for bit in range(options) if mask >> bit & 1] for mask in groups]
    members = [group for group in members if len(group) > 1]
    place = [float(bit) for bit in range(options)]
    best, best_span = tuple(range(options)), _span(place, members)
    for _ in range(ORDER_ROUNDS):
        pulls: list[list[float]] = [[] for _ in range(options)]
        for group in members:
            centre = sum(place[bit] for bit in group) / len(group)
            for bit in group:
                pulls[bit].append(centre)
        wish = [sum(pull) / len(pull) if pull else place[bit] for bit, pull in enumerate(pulls)]
        order = sorted(range(options), key=lambda bit: (wish[bit], place[bit]))
        for at, bit in enumerate(order):
            place[bit] = float(at)
        span = _span(place, members)
        if span < best_span:
            best, best_span = tuple(order), span
    return best


def _span(place: Sequence[float], members: Sequence[Sequence[int]]) -> float:
    return sum(max(place[bit] for bit in group) - min(place[bit] for bit in group) for group in members)


class SymbolicModel:
    """A conflict in option form, with statements, over binary decision diagrams.

    Parameters
    ----------
    conflict : Conflict
    nodes_limit : int
    seconds : float or None
        Time for all that is done with the model.

    Raises
    ------
    UsageError
        When the conflict is in graph form, or a decision maker has a ranking or weights instead of
        statements.
    TooLargeError
        When a decision maker has too many classes of equally liked states.
    """

    def __init__(self, conflict: Conflict, *, nodes_limit: int, seconds: float | None) -> None:
        _fitting(conflict)
        self.conflict = conflict
        self.options = conflict.options
        self.vocabulary = Vocabulary.of(conflict)
        rules = rules_of(conflict, self.vocabulary)
        self.orders = [self._order(maker) for maker in conflict.decision_makers]
        named = [
            bits_of(one) for one in (*rules, *(f for order in self.orders for place in order for f in place))
        ]
        k = len(self.options)
        chosen = variable_order(k, named)
        twins = [variable for bit in chosen for variable in (bit, k + bit)]
        self.diagrams = Diagrams(twins, nodes_limit=nodes_limit, seconds=seconds)
        self.feasible = reduce(and_, (~self.of(rule) for rule in rules), self.diagrams.true)
        self.own = [
            tuple(bit for bit, option in enumerate(self.options) if option.dm == maker.id)
            for maker in conflict.decision_makers
        ]
        self._cubes = [self.diagrams.cube(self._free(bits)) for bits in self.own]
        self._twin_cubes = [self.diagrams.cube(k + bit for bit in bits) for bits in self.own]
        self._twins = [{bit: self.diagrams.var(k + bit) for bit in bits} for bits in self.own]
        self.marks = [[self._counted(place) for place in order] for order in self.orders]
        self.prefers = [self._prefers(j) for j in range(self.n)]

    @property
    def n(self) -> int:
        """Number of decision makers."""
        return len(self.conflict.decision_makers)

    def _order(self, maker: DecisionMaker) -> list[list[Formula]]:
        return [[parse(text, self.vocabulary) for text in place.statements] for place in maker.preferences]

    def _free(self, bits: Iterable[int]) -> list[int]:
        return [bit for bit in bits if self.options[bit].direction is Direction.BOTH]

    def of(self, formula: Formula) -> Diagram:
        """Return the states where a formula is true (feasible or not)."""
        d = self.diagrams
        match formula:
            case Taken(bit):
                return d.var(bit)
            case Matches(yes, no):
                named = [bit for bit in range(len(self.options)) if (yes | no) >> bit & 1]
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
            case At():
                raise UsageError(
                    "The symbolic engine works on options; this formula names a state of a graph."
                )

    def _counted(self, place: Sequence[Formula]) -> list[Diagram]:
        """Return, for c = 0.., the states where exactly c statements of a place are true."""
        d = self.diagrams
        counted = [d.true]
        for formula in place:
            true = self.of(formula)
            fewer = [*counted, d.false]
            more = [d.false, *counted]
            counted = [(a & ~true) | (b & true) for a, b in zip(fewer, more, strict=True)]
        return counted

    def _after(self, diagram: Diagram, j: int) -> Diagram:
        """Return a function of the state after a move of j, with j's options read from their twins."""
        return self.diagrams.replaced(diagram, self._twins[j])

    def _prefers(self, j: int) -> Diagram:
        """Return "j can move and gains": options before, twins of j's options after."""
        d = self.diagrams
        gains = d.false
        for counted in reversed(self.marks[j]):
            after = [self._after(states, j) for states in counted]
            equal = reduce(or_, (a & b for a, b in zip(counted, after, strict=True)), d.false)
            above = reduce(or_, after[1:], d.false)
            more = d.false
            for c, states in enumerate(counted[:-1]):
                more = more | (states & above)
                above = above & ~after[c + 1]
            gains = more | (equal & gains)
            d.check()
        for bit in self.own[j]:
            if self.options[bit].direction is Direction.TO_YES:
                gains = gains & d.var(bit).imp(self._twins[j][bit])
            elif self.options[bit].direction is Direction.TO_NO:
                gains = gains & self._twins[j][bit].imp(d.var(bit))
        return gains

    def before(self, j: int, states: Diagram) -> Diagram:
        """Return the feasible states from which j can move into a set, and the feasible ones that are in it."""
        d = self.diagrams
        found = d.some(self._cubes[j], states)
        for bit in self.own[j]:
            if self.options[bit].direction is Direction.BOTH:
                continue
            on, off = (d.replaced(found, {bit: value}) for value in (d.true, d.false))
            up = self.options[bit].direction is Direction.TO_YES
            found = on | (~d.var(bit) & off) if up else off | (d.var(bit) & on)
        return found & self.feasible

    def before_gaining(self, j: int, states: Diagram) -> Diagram:
        """Return the feasible states from which j has an improvement into a set of feasible states."""
        found = self.diagrams.some_both(self._twin_cubes[j], self.prefers[j], self._after(states, j))
        return found & self.feasible

    def levels(self, i: int) -> list[Level]:
        """Return the classes of feasible states that i likes equally, the least liked first."""
        found = [Level((), self.feasible)]
        for counted in self.marks[i]:
            split = (
                Level((*level.marks, c), level.states & states)
                for level in found
                for c, states in enumerate(counted)
            )
            found = [level for level in split if level.states.satisfiable()]
            self.diagrams.check()
            if len(found) > LEVELS_LIMIT:
                raise TooLargeError(
                    f"{self.conflict.decision_makers[i].id} has more than {LEVELS_LIMIT:,} classes of equally "
                    "liked states. Use fewer preference statements, or put some of equal weight."
                )
        return found


def _fitting(conflict: Conflict) -> None:
    if conflict.states:
        raise UsageError(
            "The symbolic engine works on options, and this conflict is a graph; use another engine."
        )
    for maker in conflict.decision_makers:
        if maker.ranking or maker.weights:
            raise UsageError(
                f"{maker.id} has a ranking or weights; the symbolic engine needs preference statements."
            )
