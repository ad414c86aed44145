"""Preferences of a drafted model: what each side's own words say it wants, strongest first.

The order is a rule, the same for every side and every conflict; ``docs/draft.md`` gives it with its reasons. No place in it
depends on what the analysis then finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jirga.conflict.draft_courses import alike, condition_words, met_by
from jirga.conflict.draft_material import Material
from jirga.conflict.draft_options import Choice, literal
from jirga.conflict.draft_threats import feared, hits, threatened
from jirga.conflict.draft_wants import (
    BELOW,
    CONDITION,
    DEMANDED,
    IN_PART,
    INSISTS,
    OFFERED,
    PER_ORIGIN,
    PER_TELLING,
    PROMISED,
    REFUSED,
    REFUSED_INFERRED,
    UNANSWERED,
    Want,
    inner,
    negation,
)
from jirga.conflict.types import Evidence, Preference
from jirga.reading.types import EventType
from jirga.record.kinds import tells_offer
from jirga.record.types import AnswerKind, Commitment, Position
from jirga.record.words import cue, normal

__all__ = ["preferences_of"]

KEPT = 0.6  # likeness of a promise to an option from which it promises that option

_YES = frozenset({AnswerKind.ACCEPTS, AnswerKind.CONCEDES})
_NO = frozenset({AnswerKind.REFUSES, AnswerKind.REVERSES})


def preferences_of(side: str, choices: Sequence[Choice], material: Material) -> tuple[Preference, ...]:
    """Return a side's preference statements, most important first.

    Parameters
    ----------
    side : str
        Party id.
    choices : sequence of Choice
        All options of the model.
    material : Material

    Returns
    -------
    tuple of Preference
        Each with its statements and reason; assumptions (no statement behind them) come last.
    """
    wants: list[Want] = []
    for choice in choices:
        for position in choice.positions:
            if position.demander == side:
                wants.append(_demanded(choice, position, material))
            elif choice.owner == side:
                wants.extend(_answered(choice, position, choices, material))
        wants.extend(_unasked(choice, side, choices, material))
    demands = list(wants)
    for choice in choices:
        if choice.act and choice.owner == side:
            wants.extend(threatened(choice, choices, demands, side, material))
        elif choice.act and hits(choice, side, material):
            wants.append(feared(choice, side))
    wants.extend(_bound(side, choices, material))
    return _ordered(wants)


def _ordered(wants: Iterable[Want]) -> tuple[Preference, ...]:
    """Order by strength, then latest first; one statement stands once, at its strongest place."""
    kept: dict[str, Want] = {}
    for want in sorted(wants, key=lambda w: (-w.strength, -w.late, w.statement)):
        if want.statement in kept or negation(want.statement) in kept:
            continue  # said more strongly before, or overruled by a stronger word
        kept[want.statement] = want
    return tuple(Preference((w.statement,), w.evidence) for w in kept.values())


def _finer(statements: Sequence[str], origins: int) -> float:
    return min(0.25, PER_ORIGIN * (origins - 1) + PER_TELLING * (len(statements) - 1))


def _demanded(choice: Choice, position: Position, material: Material) -> Want:
    terms = {normal(t) for s in position.statements for t in material.statement(s).terms}
    insists = INSISTS if terms & (cue("insist") - {"demand"}) else 0.0
    strength = DEMANDED + insists + _finer(position.statements, len(position.origins))
    if position.state == "withdrawn":
        reason = "It made this demand and withdrew it; it would still rather have it granted."
        return Want(literal(choice, position), IN_PART, Evidence(position.statements, reason))
    how = "insists on" if insists else "demands"
    evidence = Evidence(position.statements, f"It {how} this.")
    return Want(literal(choice, position), strength, evidence, material.last(position.statements))


def _answered(
    choice: Choice, position: Position, choices: Sequence[Choice], material: Material
) -> list[Want]:
    """Say what a side's answers to a demand mean for granting it; its last word counts."""
    grant = literal(choice, position)
    refuse = negation(grant)
    if choice.terms and position.state in ("refused", "contested", "conditional", "open"):
        return []  # its condition says more than a plain no: see `_on_terms`
    no = [a for a in position.answers if a.kind in _NO]
    yes = [a for a in position.answers if a.kind in _YES]
    said = tuple(dict.fromkeys(s for a in (no or yes) for s in a.statements))
    if position.state in ("refused", "contested") and no:
        firm = any(not a.inferred for a in no)
        reason = "It refused this demand." if firm else "A refusal in the text refers back to this demand."
        if position.state == "contested":
            reason += " Other reports tell that it agreed."
        strength = REFUSED if firm else REFUSED_INFERRED
        return [Want(refuse, strength + _finer(said, 1), Evidence(said, reason), material.last(said))]
    if position.state == "conditional":
        return _conditional(grant, refuse, position, choice, choices, material)
    if position.state == "accepted" and yes:
        full = any(a.kind is AnswerKind.ACCEPTS for a in yes)
        reason = "It agreed to this." if full else "It agreed to part of this."
        strength = PROMISED if full else IN_PART
        if not full and all(tells_offer(material.statement(s)) for s in said):
            strength, reason = OFFERED, "It said that it was ready for this."
        return [Want(grant, strength, Evidence(said, reason), material.last(said))]
    reason = "Assumed: no answer is told, and it would rather not grant this."
    return [Want(refuse, UNANSWERED, Evidence((), reason))]


def _unasked(choice: Choice, side: str, choices: Sequence[Choice], material: Material) -> list[Want]:
    """Say what a side's conditions, and its own refusals and offers, mean."""
    wants: list[Want] = []
    for statements in (told for by, told in choice.asked if by == side):
        why = "It threatens an answer to this." if choice.feared else "It sets this as a condition."
        evidence = Evidence(statements, why)
        wants.append(Want(choice.met, DEMANDED, evidence, material.last(statements)))
    if choice.owner != side:
        return wants + _offered_too(choice, side, choices, material)
    wants.extend(_on_terms(choice, choices, material))
    if choice.refused and not choice.positions:
        wants.append(_refused(choice, choices, material))
    elif choice.offered and not choice.positions:
        wants.extend(_offered(choice, choices, material))
    elif choice.asked and not choice.positions and not choice.terms and not choice.feared:
        reason = "Assumed: no answer is told, and it would rather not grant this."
        wants.append(Want(negation(choice.id), UNANSWERED, Evidence((), reason)))
    return wants


def _on_terms(choice: Choice, choices: Sequence[Choice], material: Material) -> list[Want]:
    """Say what a promise on a condition means: done exactly when the condition is met."""
    wants = []
    for term in choice.terms:
        told = term.statements
        no = tuple(s for p in choice.positions for a in p.answers if a.kind in _NO for s in a.statements)
        said = tuple(dict.fromkeys((*told, *no)))
        if all(term.other is not c for c in choices):
            reason = "It set a condition that is no option of the model; until it is met, taken as a no."
            wants.append(Want(negation(choice.id), CONDITION, Evidence(said, reason), material.last(told)))
            continue
        reason = (
            "It said that it would not do this until that is done."
            if term.refused
            else "It said that it would do this on that condition."
        )
        statement = f"{choice.id} iff {inner(term.other.met)}"
        wants.append(Want(statement, CONDITION, Evidence(said, reason), material.last(told)))
    return wants


def _refused(choice: Choice, choices: Sequence[Choice], material: Material) -> Want:
    """Say what a refusal means: no, or no until its condition is met."""
    others = [c for c in choices if c is not choice]
    said = tuple(choice.refused)
    for statement in said:
        for _, met in met_by((statement,), condition_words(material, statement), others, material)[:1]:
            evidence = Evidence(said, "It refused this unless that is done.")
            return Want(f"{choice.id} iff {inner(met)}", CONDITION, evidence, material.last(said))
    return Want(negation(choice.id), REFUSED, Evidence(said, "It refused this."), material.last(said))


def _offered(choice: Choice, choices: Sequence[Choice], material: Material) -> list[Want]:
    """Say what an offer of a thing that takes two means: it is kept when the other side does the same."""
    late = material.last(choice.offered)
    evidence = Evidence(
        tuple(choice.offered), "It said that it was ready for this; taken as: if the other is, too."
    )
    others = [c for c in choices if c.owner != choice.owner and alike(choice, c, material)]
    return [Want(f"{choice.id} iff {other.id}", OFFERED, evidence, late) for other in others[:1]]


def _offered_too(choice: Choice, side: str, choices: Sequence[Choice], material: Material) -> list[Want]:
    """Say that who offers a thing that takes two would rather have the other do it, too."""
    if choice.positions or choice.asked:
        return []
    for own in choices:
        if own.owner == side and own.offered and alike(own, choice, material):
            evidence = Evidence(tuple(own.offered), "It offered the same.")
            return [Want(choice.id, OFFERED + BELOW, evidence, material.last(own.offered))]
    return []


def _conditional(
    grant: str, refuse: str, position: Position, choice: Choice, choices: Sequence[Choice], material: Material
) -> list[Want]:
    said = tuple(
        dict.fromkeys(s for a in position.answers if a.kind is AnswerKind.CONDITIONS for s in a.statements)
    )
    for statement in said:
        others = [c for c in choices if c is not choice]
        for _, met in met_by((statement,), condition_words(material, statement), others, material)[:1]:
            reason = "It said that it would grant this on that condition."
            return [Want(f"{inner(grant)} iff {inner(met)}", CONDITION, Evidence(said, reason))]
    reason = "It set a condition that is no option of the model; until it is met, taken as a no."
    return [Want(refuse, CONDITION, Evidence(said, reason), material.last(said))]


def _bound(side: str, choices: Sequence[Choice], material: Material) -> list[Want]:
    """Say what a side bound itself to: to leave force (a ceasefire), or to do what it promised."""
    wants: list[Want] = []
    for commitment in material.record.commitments:
        if side not in commitment.by:
            continue
        for choice in choices:
            if choice.owner == side:
                wants.extend(_kept(choice, commitment, material))
    return wants


def _kept(choice: Choice, commitment: Commitment, material: Material) -> list[Want]:
    words = frozenset[str]().union(*(material.words(s) for s in commitment.statements))
    late = material.last(commitment.statements)
    truce = any(material.statement(s).mode == "ceasefire" for s in commitment.statements)
    if choice.act and truce and choice.words & cue("violence"):
        reason = _truce_reason(commitment, material)
        strength = OFFERED if commitment.offer else PROMISED
        evidence = Evidence(commitment.statements, reason)
        return [Want(f"not {choice.id}", strength - 2 * BELOW, evidence, late)]
    if not choice.act and not truce and material.alike(choice.words, words) >= KEPT:
        reason = "It said that it was ready for this." if commitment.offer else "It promised this."
        strength = OFFERED if commitment.offer else PROMISED
        return [Want(choice.id, strength - BELOW, Evidence(commitment.statements, reason), late)]
    return []


def _truce_reason(commitment: Commitment, material: Material) -> str:
    """Say no more than is told: an offer, an agreement, or only that the fighting paused."""
    if commitment.offer:
        return "It said that it was ready for a ceasefire."
    if all(material.statement(s).type is EventType.RETREAT for s in commitment.statements):
        return "A ceasefire or a pause in the fighting is told of it."
    return "It agreed to a ceasefire."
