"""A conflict with one more option: statements, patterns and rankings rewritten for it."""

from __future__ import annotations

from dataclasses import replace

from jirga.conflict.formula import And, Formula, If, Iff, Matches, Not, Or, Taken
from jirga.conflict.statements import Vocabulary, parse, render
from jirga.conflict.types import Conflict, DecisionMaker, Option, Preference
from jirga.errors import StatementError, UsageError

__all__ = ["longer_maker", "longer_text", "with_answer"]


def longer_text(old: Vocabulary, new: Vocabulary, statement: str, at: int | None = None) -> str:
    """Rewrite a statement for one more option, at bit `at` (at the end when None): a pattern has a sign for each."""
    formula = _shifted(parse(statement, old), len(old.options) if at is None else at)
    try:
        if parse(statement, new) == formula:
            return statement
    except StatementError:
        pass
    return render(formula, new)


def _shifted(formula: Formula, at: int) -> Formula:
    """Make room for a bit."""
    low = (1 << at) - 1
    match formula:
        case Taken(bit):
            return Taken(bit + (bit >= at))
        case Matches(yes, no):
            return Matches(*((bits & low) | (bits & ~low) << 1 for bits in (yes, no)))
        case Not(child):
            return Not(_shifted(child, at))
        case And(children):
            return And(tuple(_shifted(child, at) for child in children))
        case Or(children):
            return Or(tuple(_shifted(child, at) for child in children))
        case If(then, when):
            return If(_shifted(then, at), _shifted(when, at))
        case Iff(left, right):
            return Iff(_shifted(left, at), _shifted(right, at))
        case _:
            return formula


def longer_maker(
    old: Vocabulary,
    new: Vocabulary,
    maker: DecisionMaker,
    place: int | None,
    statement: str,
    at: int | None = None,
) -> DecisionMaker:
    """Rewrite a decision maker for one more option, with a statement about it at a place of its order.

    Raises
    ------
    UsageError
        For preferences given state by state, or a place in what is a ranking.
    """
    if maker.fuzzy or maker.probability or maker.perceives or maker.unknown:
        raise UsageError(f"{maker.id}: an option cannot be added to preferences given state by state.")
    preferences = [
        replace(one, statements=tuple(longer_text(old, new, text, at) for text in one.statements))
        for one in maker.preferences
    ]
    if place is not None:
        if maker.ranking or maker.weights:
            raise UsageError(
                f"{maker.id}: a new statement takes a place among statements; this is a ranking."
            )
        preferences.insert(place, Preference((statement,)))
    weights = {longer_text(old, new, term, at): weight for term, weight in maker.weights.items()}
    bit = len(old.options) if at is None else at
    ranking = tuple(
        tuple(word[:bit] + sign + word[bit:] for word in tied for sign in "NY") for tied in maker.ranking
    )
    return replace(maker, preferences=tuple(preferences), weights=weights, ranking=ranking)


def with_answer(conflict: Conflict, owner: str, target: str, want: str, places: tuple[int, int]) -> Conflict:
    """Return the conflict in which one decision maker is given the means to hurt another.

    The owner wants to use it exactly while a statement is not true; the other one does not want it used.

    Parameters
    ----------
    conflict : Conflict
        In option form.
    owner, target : str
    want : str
    places : tuple of int
        Of these wishes in the owner's order of statements, and in the target's (from 0).

    Raises
    ------
    UsageError
        In graph form; for somebody unknown, or without an order of statements; for preferences given state
        by state.
    """
    makers = {maker.id: maker for maker in conflict.decision_makers}
    if conflict.states or owner not in makers or target not in makers:
        raise UsageError("An answer is an option of one decision maker against another, in option form.")
    taken = {option.id for option in makers[owner].options}
    name = next(one for one in ("answer", *(f"answer{k}" for k in range(2, 99))) if one not in taken)
    before = [option for option in conflict.options if option.dm != owner]
    order = list(makers)
    at = sum(order.index(o.dm) < order.index(owner) for o in before) + len(makers[owner].options)
    old = Vocabulary.of(conflict)
    new = Vocabulary((*old.options[:at], (owner, name), *old.options[at:]))
    goal, used = longer_text(old, new, want, at), new.name(at)
    wishes = {owner: (places[0], f"{used} iff not ({goal})"), target: (places[1], f"not {used}")}
    changed = []
    for maker in conflict.decision_makers:
        place, wish = wishes.get(maker.id, (None, ""))
        changed.append(longer_maker(old, new, maker, place, wish, at))
    option = Option(name, owner, name)
    longer = tuple(replace(m, options=(*m.options, option)) if m.id == owner else m for m in changed)
    rules = tuple(
        replace(rule, terms=tuple(longer_text(old, new, term, at) for term in rule.terms))
        for rule in conflict.infeasible
    )
    word = conflict.status_quo
    start = None if word is None else f"{word[:at]}N{word[at:]}"
    return replace(conflict, decision_makers=longer, infeasible=rules, status_quo=start)
