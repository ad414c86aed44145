"""Boolean functions from a conflict, whose states are never listed, or from the numbers of a game."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from operator import and_, or_

import numpy as np
from numpy.typing import NDArray

from jirga.conflict.formula import Formula, bits_of
from jirga.conflict.ranking import ranks
from jirga.conflict.statements import Vocabulary, parse
from jirga.conflict.states import StateSpace, feasible, rules_of
from jirga.conflict.types import Conflict, DecisionMaker, Direction
from jirga.errors import TooLargeError
from jirga.stability.bdd import Diagram
from jirga.stability.build import to_game
from jirga.stability.game import Game, IntArray
from jirga.stability.symbolic_model import Place, Shape, SymbolicModel

__all__ = ["MOST_MOVES", "MOST_STATES", "model_of_conflict", "model_of_game"]

NODES_LIMIT = 12_000_000  # about 400 MB
SECONDS = 300.0
MOST_STATES = 1 << 14  # of a game: its ranks are put into diagrams state by state
MOST_MOVES = 1 << 20  # of a game in graph form


def model_of_conflict(
    conflict: Conflict,
    *,
    nodes_limit: int = NODES_LIMIT,
    seconds: float | None = SECONDS,
    levels: Sequence[int] | None = None,
) -> SymbolicModel:
    """Build the model of a conflict in option form from its statements, rules, weights and rankings.

    States are listed only where the file itself lists them: for a direct ranking, and in graph form. The
    decision makers in `levels` get level variables, all unless told.

    Raises
    ------
    TooLargeError
        When a limit is passed.
    """
    if conflict.states:
        return model_of_game(to_game(conflict), nodes_limit=nodes_limit, seconds=seconds, levels=levels)
    vocabulary = Vocabulary.of(conflict)
    rules = rules_of(conflict, vocabulary)
    options, makers = conflict.options, conflict.decision_makers
    space = feasible(conflict) if any(maker.ranking for maker in makers) else None
    orders = [_order_of(conflict, maker, vocabulary, space) for maker in makers]
    shape = Shape(
        names=tuple(maker.id for maker in makers),
        bits=len(options),
        masks=tuple(_mask(option.dm == maker.id for option in options) for maker in makers),
        places=tuple(order.places for order in orders),
        to_yes=_mask(option.direction is Direction.TO_YES for option in options),
        to_no=_mask(option.direction is Direction.TO_NO for option in options),
        named=tuple(map(bits_of, (*rules, *(one for order in orders for one in order.named)))),
    )
    asked = range(len(makers)) if levels is None else levels
    model = SymbolicModel(shape, nodes_limit=nodes_limit, seconds=seconds, levels=asked)
    with model.diagrams as d:
        allowed = reduce(and_, (~model.of(rule) for rule in rules), d.true)
        model.fill(allowed, [list(order.marks(model)) for order in orders])
    return model


def _mask(bits: Iterator[bool]) -> int:
    return sum(1 << bit for bit, there in enumerate(bits) if there)


class _Statements:
    """An order of statements: each place counts how many of them are true."""

    def __init__(self, groups: Sequence[Sequence[Formula]]) -> None:
        self.groups = groups
        self.named = [one for group in groups for one in group]
        self.places = tuple(Place(reduce(or_, map(bits_of, group), 0), len(group)) for group in groups)

    def marks(self, model: SymbolicModel) -> Iterator[list[Diagram]]:
        """Return for each place, for c = 0.., the states where exactly c of its statements are true."""
        d = model.diagrams
        for group in self.groups:
            counted = [d.true]
            for formula in group:
                true = model.of(formula)
                fewer, more = [*counted, d.false], [d.false, *counted]
                counted = [(a & ~true) | (b & true) for a, b in zip(fewer, more, strict=True)]
            yield counted


class _Weights:
    """Weights of statements: the bits of their sum, the highest first."""

    def __init__(self, weights: Sequence[tuple[Formula, int]]) -> None:
        self.weights = weights
        self.named = [formula for formula, _ in weights]
        width = sum(abs(weight) for _, weight in weights).bit_length()
        self.places = (Place(reduce(or_, map(bits_of, self.named), 0), 1),) * width

    def marks(self, model: SymbolicModel) -> Iterator[list[Diagram]]:
        """Add up the weights, column by column; a negative weight counts where its statement is false."""
        d = model.diagrams
        total = [d.false] * len(self.places)
        for formula, weight in self.weights:
            there = model.of(formula) if weight > 0 else ~model.of(formula)
            carry = d.false
            for bit, before in enumerate(total):
                add = there if abs(weight) >> bit & 1 else d.false
                total[bit] = before.equiv(add.equiv(carry))
                carry = (before & add) | (carry & (before | add))
            d.check()
        for there in reversed(total):
            yield [~there, there]


class _Ranks:
    """Ranks of listed states: their bits, the highest first."""

    def __init__(self, rank: IntArray, codes: NDArray[np.uint64], bits: int) -> None:
        self.rank, self.codes, self.bits = rank, codes, bits
        self.named: list[Formula] = []
        self.places = (Place((1 << bits) - 1, 1),) * int(rank.max()).bit_length()

    def marks(self, model: SymbolicModel) -> Iterator[list[Diagram]]:
        """Return for each bit the states without and with it."""
        for bit in reversed(range(len(self.places))):
            there = model.diagrams.of_codes(self.codes[(self.rank >> bit & 1) == 1], self.bits)
            yield [~there, there]


_Order = _Statements | _Weights | _Ranks


def _order_of(
    conflict: Conflict, maker: DecisionMaker, vocabulary: Vocabulary, space: StateSpace | None
) -> _Order:
    if maker.ranking and space is not None:
        return _Ranks(ranks(conflict, maker, space), space.codes, space.n_options)
    if maker.weights:
        exact = {term: Fraction(str(weight)) for term, weight in maker.weights.items()}
        scale = math.lcm(*(weight.denominator for weight in exact.values()))
        return _Weights([(parse(term, vocabulary), int(w * scale)) for term, w in exact.items()])
    return _Statements(
        [[parse(text, vocabulary) for text in place.statements] for place in maker.preferences]
    )


def model_of_game(
    game: Game,
    *,
    nodes_limit: int = NODES_LIMIT,
    seconds: float | None = SECONDS,
    levels: Sequence[int] | None = None,
) -> SymbolicModel:
    """Build the model of a game; in graph form a state is the bits of its number.

    Raises
    ------
    TooLargeError
        More than 16,384 states or a million listed moves, or when a limit is passed.
    """
    if game.m > MOST_STATES:
        raise TooLargeError(
            f"The symbolic engine takes ranks state by state up to {MOST_STATES:,} states, and this game has "
            f"{game.m:,}. Use the fast one, or give it a conflict with preference statements."
        )
    bits = game.n_options or (game.m - 1).bit_length()
    codes = game.codes
    if codes is None or not game.option_form:
        codes, bits = np.arange(game.m, dtype=np.uint64), (game.m - 1).bit_length()
    elif not game.n_options:
        bits = max(int(codes[-1]), *game.masks).bit_length()
    orders = [_Ranks(rank, codes, bits) for rank in game.ranks]
    masks = game.masks if game.option_form else ((1 << bits) - 1,) * game.n
    shape = Shape(game.dms, bits, masks, tuple(o.places for o in orders), game.to_yes, game.to_no)
    asked = range(game.n) if levels is None else levels
    model = SymbolicModel(shape, nodes_limit=nodes_limit, seconds=seconds, levels=asked)
    with model.diagrams as d:
        model_marks = [list(order.marks(model)) for order in orders]
        arcs = None if game.option_form else [_relation(model, game, j) for j in range(game.n)]
        model.fill(d.of_codes(codes, bits), model_marks, arcs)
    return model


def _relation(model: SymbolicModel, game: Game, j: int) -> Diagram:
    """Return the listed moves of j over the bits of both states."""
    indptr, indices = game.edges(j)
    if indices.size > MOST_MOVES:
        raise TooLargeError(
            f"The symbolic engine takes up to {MOST_MOVES:,} listed moves, and {game.dms[j]} has "
            f"{indices.size:,}. Use the fast one."
        )
    source = np.repeat(np.arange(game.m, dtype=np.uint64), np.diff(indptr))
    bits = model.shape.bits
    both = source | indices.astype(np.uint64) << np.uint64(bits)
    return model.diagrams.of_codes(both, 2 * bits)
