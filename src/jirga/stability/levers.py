"""Levers: the smallest changes that make a wanted outcome hold, or an unwanted one fail.

After the inverse approach to conflict resolution (Kinsara, Kilgour and Hipel 2015, IEEE Transactions on
SMC: Systems 45(5)) carried from rankings to what an analyst can point at: a statement of preference that
moves, goes or comes, an option that is bound or given up, a mediator's payment, a coalition, and last a
ranking of states. All single changes of preferences are tried, so that "no single change does it" is a
proof when the search was finished.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from jirga.conflict.states import StateSpace, feasible, find
from jirga.conflict.types import Conflict
from jirga.errors import UsageError
from jirga.stability.build import to_game
from jirga.stability.edits import Place, places_of
from jirga.stability.how import How, game_hash
from jirga.stability.lever_bench import Bench, BoolArray, Deadline, arrives
from jirga.stability.lever_coalition import by_coalition
from jirga.stability.lever_options import by_option_and_order, by_options, by_two_options
from jirga.stability.lever_orders import by_edits, by_moves
from jirga.stability.lever_ranking import by_nearest_profile, by_ranking
from jirga.stability.lever_search import Found, Search, by_preferences
from jirga.stability.lever_third import by_answer, by_payment
from jirga.stability.lever_types import KINDS, Change, Lever, Levers, Scan
from jirga.stability.types import BASIC

__all__ = ["levers"]

CONCEPTS = (*BASIC, "SSEQ")
PER_KIND = 3  # levers of one kind shown under one concept, so that every kind gets a word
FEWER = {"answer": 2, "forbid": 2, "mixed": 2}  # kinds of which there are many that say much the same
NEAREST = 5  # wanted states for which it is told who blocks them


def levers(
    conflict: Conflict,
    want: str,
    *,
    concepts: Sequence[str] = BASIC,
    avoid: bool = False,
    kinds: Sequence[str] = KINDS,
    limit_s: float = 2.0,
    top: int = 12,
) -> Levers:
    """Return the smallest changes that make a wanted statement hold at an equilibrium.

    Parameters
    ----------
    conflict : Conflict
    want : str
        A statement (``ceasefire and guarantee``), a pattern, a Y/N word, or the name or number of a state.
    concepts : sequence of str
        Some of Nash, GMR, SMR, SEQ, SSEQ.
    avoid : bool
        Ask instead for changes after which no state where the statement is true is an equilibrium.
    kinds : sequence of str
        Kinds of change to look for, from `KINDS`.
    limit_s : float
        Seconds after which the search stops and says so.
    top : int
        Levers per concept.

    Returns
    -------
    Levers

    Raises
    ------
    UsageError
        When the statement is true in no feasible state, or a concept or kind is not known.
    TooLargeError
        When the states do not fit.
    """
    _check(concepts, kinds)
    deadline = Deadline(limit_s)
    space = feasible(conflict)
    game = to_game(conflict, space)
    wanted = np.zeros(game.m, dtype=np.bool_)
    wanted[find(conflict, space, want)] = True
    if not wanted.any():
        raise UsageError(f"“{want}” is true in no feasible state: change it or the infeasible rules.")
    bench = Bench.of(game, wanted, concepts)
    holding = {concept: bench.holding(concept) for concept in concepts}
    still = tuple(concept for concept in concepts if holding[concept].any() == avoid)
    places = tuple(places_of(conflict, i, space) for i in range(game.n))
    numbered = (
        want.strip().isdecimal() and int(wanted.sum()) == 1
    )  # a number is no statement, its Y/N word is
    text = space.word(int(wanted.argmax())) if numbered else want
    promise = Place((text,), wanted.astype(np.int32), 1)
    search = Search(conflict, space, bench, avoid, still, places, promise, tuple(kinds), deadline)
    found, at_least, finished = _all_searches(search)
    start = None if conflict.status_quo is None else space.index(conflict.status_quo)
    return Levers(
        want,
        avoid,
        tuple(np.flatnonzero(wanted).tolist()),
        {concept: tuple(np.flatnonzero(hits).tolist()) for concept, hits in holding.items()},
        {concept: {} if avoid else _blocked(bench, concept, space) for concept in still},
        {
            concept: _ranked(found[concept], at_least[concept], space, None if avoid else start, top)
            if concept in still
            else ()
            for concept in concepts
        },
        {concept: at_least.get(concept, 0) for concept in concepts},
        {} if start is None or avoid else _arrivals(bench, holding, start),
        finished,
        How("levers", game_hash(game), exact=finished),
        {concept: _scans(search, concept) for concept in still},
    )


def _check(concepts: Sequence[str], kinds: Sequence[str]) -> None:
    for name in concepts:
        if name not in CONCEPTS:
            raise UsageError(f"Levers are not known for “{name}”: use {', '.join(CONCEPTS)}.")
    for name in kinds:
        if name not in KINDS:
            raise UsageError(f"There is no kind of change “{name}”: use {', '.join(KINDS)}.")


def _all_searches(search: Search) -> tuple[dict[str, list[Found]], dict[str, int], bool]:
    """Run the searches; return what they found, how many changes it takes at least, whether all ran."""
    found: dict[str, list[Found]] = {concept: [] for concept in search.concepts}

    def keep(more: Iterable[Found]) -> None:
        for one in more:
            found[one.concept].append(one)

    for run in (by_ranking, by_preferences, by_options, by_payment, by_coalition):
        if search.concepts:
            keep(run(search))
    at_least = {concept: _at_least(search, concept, found[concept]) for concept in search.concepts}
    harder = [concept for concept, least in at_least.items() if least == 2]
    for concept in harder:
        keep(by_edits(search, concept, search.scan(concept, "orders")))
    for run_two in (by_two_options, by_option_and_order):
        keep(run_two(search, harder))
    for concept in harder:
        at_least[concept] = _at_least_of_several(search, concept, found[concept])
    for concept in search.concepts:
        if not any(_kinds(one) == {"reorder"} and len(one.changes) == 1 for one in found[concept]):
            keep(by_moves(search, concept, search.scan(concept, "moves")))
    for run_last in (by_answer, by_nearest_profile):
        if search.concepts:
            keep(run_last(search))
    for concept in harder:  # an answer may do where no other single change does
        answers = any(_kinds(one) == {"answer"} for one in found[concept])
        if answers or not search.scan(concept, "added option").finished:
            at_least[concept] = 1
    return found, at_least, all(scan.finished or scan.what == "ranking" for scan in search.scans.values())


def _scans(search: Search, concept: str) -> tuple[Scan, ...]:
    """Return what was searched under a concept, without what there was nothing to search for."""
    mine = (scan for (name, _), scan in search.scans.items() if name == concept)
    return tuple(scan for scan in mine if scan.tried or not scan.finished)


def _kinds(one: Found) -> set[str]:
    return {change.kind for change in one.changes}


def _at_least(search: Search, concept: str, found: Sequence[Found]) -> int:
    """Return 2 when it is proved that no single change does it, rankings of states apart."""
    single = any(len(one.changes) == 1 and "ranking" not in _kinds(one) for one in found)
    scans = [scan for (name, what), scan in search.scans.items() if name == concept and what != "ranking"]
    return 1 if single or not all(scan.finished for scan in scans) or search.deadline.over else 2


def _at_least_of_several(search: Search, concept: str, found: Sequence[Found]) -> int:
    """Return how many changes of orders and options it takes at least, when one is not enough."""
    if any(len(one.changes) == 2 and "ranking" not in _kinds(one) for one in found):
        return 2
    mine = [scan for (name, _), scan in search.scans.items() if name == concept]
    cut = any(not scan.finished for scan in mine if scan.what in ("option", "option and order"))
    orders = search.scan(concept, "orders")
    return 2 if cut or orders.at_least < 3 else 3


def _ranked(
    found: Sequence[Found], at_least: int, space: StateSpace, start: int | None, top: int
) -> tuple[Lever, ...]:
    """Rank the levers, leave out more of the same, and see which the status quo leads to."""
    pairs = [(_lever(one, at_least, space), one) for one in found]
    pairs.sort(key=lambda pair: (pair[0].size, [_what(change) for change in pair[0].changes]))
    kept: list[Lever] = []
    seen: set[object] = set()
    per_kind: dict[str, int] = {}
    for lever, one in pairs:
        key = tuple(_what(change) for change in lever.changes)
        if key in seen or per_kind.get(lever.kind, 0) >= FEWER.get(lever.kind, PER_KIND):
            continue
        seen.add(key)
        per_kind[lever.kind] = per_kind.get(lever.kind, 0) + 1
        way = one.arrives
        kept.append(lever if start is None or way is None else replace(lever, arrives=way(start)))
        if len(kept) == top:
            break
    return tuple(kept)


def _what(change: Change) -> str:
    """Return what a change is about, however far it goes: moved farther it adds nothing."""
    where = (
        None if change.kind in ("pay", "promise") else (change.place, (change.to or 0) > (change.place or 0))
    )
    about = (change.statements, where, change.option, change.value, change.members, change.state)
    return repr((change.kind, change.dm, *about))


def _arrivals(bench: Bench, holding: dict[str, BoolArray], start: int) -> dict[str, bool]:
    ranks = bench.game.ranks
    return {
        concept: arrives(bench.field, ranks, start, hits) for concept, hits in holding.items() if hits.any()
    }


def _lever(one: Found, at_least: int, space: StateSpace) -> Lever:
    states = tuple(np.flatnonzero(one.states).tolist())
    words = tuple(space.word(state) for state in states)
    return Lever(one.concept, one.changes, states, words, None, len(one.changes) <= at_least)


def _blocked(bench: Bench, concept: str, space: StateSpace) -> dict[str, tuple[str, ...]]:
    """Return, for the wanted states nearest to holding, the decision makers for whom they are not stable."""
    stable = bench.stable(concept)
    wanted = np.flatnonzero(bench.wanted)
    order = np.argsort((~stable[:, wanted]).sum(axis=0), kind="stable")[:NEAREST]
    dms = bench.game.dms
    return {
        space.word(int(state)): tuple(dms[i] for i in np.flatnonzero(~stable[:, state]))
        for state in wanted[order]
    }
