"""A conflict after a lever: what-if for levers and for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from jirga.conflict.formula import evaluate, holds
from jirga.conflict.ranking import ranks, tiers
from jirga.conflict.statements import Vocabulary, parse
from jirga.conflict.states import StateSpace, code_of, feasible
from jirga.conflict.types import Conflict, DecisionMaker, Direction, Option, Preference, Rule
from jirga.errors import UsageError
from jirga.stability.apply_option import longer_maker, longer_text, with_answer
from jirga.stability.game import IntArray
from jirga.stability.lever_types import Change

__all__ = ["MEDIATOR", "apply", "with_payment"]

MEDIATOR = "mediator"  # id of the decision maker that a payment adds, unless it is taken


def apply(conflict: Conflict, changes: Sequence[Change]) -> Conflict:
    """Return the conflict after the changes of a lever, made one after the other (payments as one).

    Raises
    ------
    UsageError
        For a coalition, which is a way of looking at a conflict and not another conflict, and for a change
        that does not fit the conflict.
    """
    paid = [change for change in changes if change.kind == "pay"]
    if paid:  # one mediator pays them all
        conflict = _pay(conflict, paid)
    for change in (one for one in changes if one.kind != "pay"):
        if change.kind not in _APPLY:
            raise UsageError(f"A change of kind “{change.kind}” cannot be written into a conflict.")
        conflict = _APPLY[change.kind](conflict, change)
    return conflict


def _with_maker(
    conflict: Conflict, dm: str | None, edit: Callable[[DecisionMaker], DecisionMaker]
) -> Conflict:
    if all(maker.id != dm for maker in conflict.decision_makers):
        raise UsageError(f"There is no decision maker “{dm}” to change.")
    makers = tuple(edit(maker) if maker.id == dm else maker for maker in conflict.decision_makers)
    return replace(conflict, decision_makers=makers)


def _with_preferences(
    conflict: Conflict, change: Change, edit: Callable[[list[Preference]], None]
) -> Conflict:
    def edited(maker: DecisionMaker) -> DecisionMaker:
        preferences = list(maker.preferences)
        if change.place is not None and change.place >= len(preferences):
            raise UsageError(f"{maker.id} has no statement at place {change.place + 1}.")
        edit(preferences)
        return replace(maker, preferences=tuple(preferences))

    return _with_maker(conflict, change.dm, edited)


def _reorder(conflict: Conflict, change: Change) -> Conflict:
    def edit(preferences: list[Preference]) -> None:
        preferences.insert(change.to or 0, preferences.pop(change.place or 0))

    return _with_preferences(conflict, change, edit)


def _drop(conflict: Conflict, change: Change) -> Conflict:
    def edit(preferences: list[Preference]) -> None:
        del preferences[change.place or 0]

    return _with_preferences(conflict, change, edit)


def _reverse(conflict: Conflict, change: Change) -> Conflict:
    def edit(preferences: list[Preference]) -> None:
        place = change.place or 0
        turned = tuple(f"not ({statement})" for statement in preferences[place].statements)
        preferences[place] = replace(preferences[place], statements=turned)

    return _with_preferences(conflict, change, edit)


def _promise(conflict: Conflict, change: Change) -> Conflict:
    maker = next((maker for maker in conflict.decision_makers if maker.id == change.dm), None)
    if maker is not None and (maker.ranking or maker.weights):
        return _promise_to_ranking(conflict, maker, change)
    return _with_preferences(
        conflict,
        change,
        lambda preferences: preferences.insert(change.to or 0, Preference(change.statements)),
    )


def _promise_to_ranking(conflict: Conflict, maker: DecisionMaker, change: Change) -> Conflict:
    space, rank = _ranked(conflict, maker)
    vocabulary = Vocabulary.of(conflict)
    marks = evaluate(parse(change.statements[0], vocabulary), space.codes).astype(np.int64)
    value = marks * space.m + rank if change.to == 0 else 2 * rank.astype(np.int64) + marks
    return _rerank(conflict, maker.id, value, space)


def _ranking(conflict: Conflict, change: Change) -> Conflict:
    if change.ranking:
        return _with_maker(
            conflict,
            change.dm,
            lambda maker: replace(maker, ranking=change.ranking, preferences=(), weights={}, strength=None),
        )
    maker = next((maker for maker in conflict.decision_makers if maker.id == change.dm), None)
    if maker is None or change.state is None or not change.passed:
        raise UsageError("A change of ranking names a decision maker, a state and the states that it passes.")
    space, rank = _ranked(conflict, maker)
    state = space.index(change.state)
    passed = [int(rank[space.index(word)]) for word in change.passed]
    value = 2 * rank.astype(np.int64)
    rises = min(passed) >= rank[state] and max(passed) > rank[state]
    value[state] = 2 * max(passed) if rises else 2 * min(passed) - 1
    return _rerank(conflict, maker.id, value, space)


def _ranked(conflict: Conflict, maker: DecisionMaker) -> tuple[StateSpace, IntArray]:
    space = feasible(conflict)
    return space, ranks(conflict, maker, space)


def _rerank(conflict: Conflict, dm: str, value: NDArray[np.int64], space: StateSpace) -> Conflict:
    rank = np.unique(value, return_inverse=True)[1].astype(np.int32)
    order = tuple(tuple(space.word(state) for state in tied) for tied in tiers(rank))
    return _with_maker(
        conflict, dm, lambda maker: replace(maker, ranking=order, preferences=(), weights={}, strength=None)
    )


def _bind(conflict: Conflict, change: Change) -> Conflict:
    direction = Direction.TO_YES if change.value else Direction.TO_NO
    return _with_option(conflict, change, lambda option: replace(option, direction=direction))


def _with_option(conflict: Conflict, change: Change, edit: Callable[[Option], Option]) -> Conflict:
    def edited(maker: DecisionMaker) -> DecisionMaker:
        options = tuple(
            edit(option) if f"{option.dm}.{option.id}" == change.option else option
            for option in maker.options
        )
        if options == maker.options:
            raise UsageError(f"{maker.id} has no option {change.option} that could change so.")
        return replace(maker, options=options)

    return _with_maker(conflict, change.dm, edited)


def _forgo(conflict: Conflict, change: Change) -> Conflict:
    vocabulary = Vocabulary.of(conflict)
    for bit, option in enumerate(conflict.options):
        if f"{option.dm}.{option.id}" == change.option:
            rule = Rule("statement", (vocabulary.name(bit),))
            return replace(
                conflict, infeasible=(*conflict.infeasible, rule), status_quo=_without(conflict, bit)
            )
    raise UsageError(f"There is no option {change.option}.")


def _without(conflict: Conflict, bit: int) -> str | None:
    """Return the status quo, unless it takes the option that is gone."""
    word = conflict.status_quo
    return None if word is not None and word[bit : bit + 1] == "Y" else word


def _forbid(conflict: Conflict, change: Change) -> Conflict:
    rule = Rule("statement", change.statements)
    vocabulary, word = Vocabulary.of(conflict), conflict.status_quo
    lost = (
        word is not None
        and not conflict.states
        and any(holds(parse(one, vocabulary), code_of(word)) for one in change.statements)
    )
    return replace(conflict, infeasible=(*conflict.infeasible, rule), status_quo=None if lost else word)


def _answer(conflict: Conflict, change: Change) -> Conflict:
    if change.dm is None or not change.members or change.place is None or change.to is None:
        raise UsageError("An answer names who is given it, against whom, and its places in their orders.")
    return with_answer(
        conflict, change.dm, change.members[0], change.statements[0], (change.place, change.to)
    )


def _pay(conflict: Conflict, changes: Sequence[Change]) -> Conflict:
    places = {change.dm: change.to for change in changes if change.dm is not None and change.to is not None}
    if len(places) != len(changes):
        raise UsageError("A payment names a decision maker and the place of its order that it takes.")
    return with_payment(conflict, changes[0].statements[0], places)


def with_payment(conflict: Conflict, want: str, places: Mapping[str, int]) -> Conflict:
    """Return the conflict with a mediator who gives while a statement is true, and takes back otherwise.

    Parameters
    ----------
    conflict : Conflict
        In option form.
    want : str
        The statement that is paid for.
    places : mapping of str to int
        Per decision maker who values the payment, the place (from 0) that it takes in its order of
        statements.

    Raises
    ------
    UsageError
        In graph form; for a decision maker without an order of statements; for preferences given state by
        state.
    """
    if conflict.states:
        raise UsageError(
            "A payment is an option; a conflict in graph form has none. Write it in option form."
        )
    taken = {maker.id for maker in conflict.decision_makers}
    mediator = next(
        name for name in (MEDIATOR, *(f"{MEDIATOR}{k}" for k in range(2, 99))) if name not in taken
    )
    pay = f"{mediator}.pay"
    old = Vocabulary.of(conflict)
    new = Vocabulary((*old.options, (mediator, "pay")))
    goal = longer_text(old, new, want)
    makers = tuple(
        longer_maker(old, new, maker, places.get(maker.id), pay) for maker in conflict.decision_makers
    )
    wants = (Preference((goal,)), Preference((f"{pay} iff ({goal})",)))
    giver = DecisionMaker(mediator, mediator, (Option("pay", mediator, "pay"),), wants)
    rules = tuple(
        replace(rule, terms=tuple(longer_text(old, new, term) for term in rule.terms))
        for rule in conflict.infeasible
    )
    status_quo = None if conflict.status_quo is None else conflict.status_quo + "N"
    return replace(conflict, decision_makers=(*makers, giver), infeasible=rules, status_quo=status_quo)


_APPLY: dict[str, Callable[[Conflict, Change], Conflict]] = {
    "answer": _answer,
    "bind": _bind,
    "drop": _drop,
    "forbid": _forbid,
    "forgo": _forgo,
    "promise": _promise,
    "ranking": _ranking,
    "reorder": _reorder,
    "reverse": _reverse,
}
