"""Preferences of a drafted model: what each side's own words say it wants, strongest first.

The order is a rule, the same for every side and every conflict; ``docs/draft.md`` gives it with its reasons. No place in it
depends on what the analysis then finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jirga.conflict.draft_courses import alike, condition_words, met_by
from jirga.conflict.draft_options import Choice, Material, literal
from jirga.conflict.types import Evidence, Preference
from jirga.reading.types import EventType
from jirga.record.kinds import about_talks, tells_offer
from jirga.record.types import AnswerKind, Commitment, Position, Threat
from jirga.record.words import cue, normal

__all__ = ["preferences_of"]

REFUSED = 4.0  # said no: a party knew the price and still refused
REFUSED_INFERRED = 3.7  # the refusal is sure, what it refers to is read from the place in the text
CONDITION = 3.3  # yes, if
DEMANDED = 3.0
RUNNING = 2.5  # does it now, whatever is said
PROMISED = 2.0  # said yes to it, or bound itself
IN_PART = 1.8  # said yes to part of it
OFFERED = 1.5  # said that it was ready for it: an offer, not yet a word given
THREATENED = 0.9  # assumption: nobody wants a threat carried out against it
COSTLY = 0.8  # assumption: carrying out a threat costs who makes it
OUTSIDE = 0.4  # assumption: a threat whose condition no option of the model can say
UNANSWERED = 0.5  # assumption: what was asked and not answered is rather not granted
PER_ORIGIN, PER_TELLING, INSISTS = 0.1, 0.02, 0.3  # finer steps inside one class
BELOW = 0.01  # a threat stands right below the demand that it is to enforce
KEPT = 0.6  # likeness of a promise to an option from which it promises that option

_YES = frozenset({AnswerKind.ACCEPTS, AnswerKind.CONCEDES})
_NO = frozenset({AnswerKind.REFUSES, AnswerKind.REVERSES})


@dataclass(frozen=True, slots=True)
class _Want:
    """A preference statement with its strength and what it rests on."""

    statement: str
    strength: float
    evidence: Evidence
    late: int = 0


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
    wants: list[_Want] = []
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
            wants.extend(_threatened(choice, choices, demands, side, material))
        elif choice.act and _against(choice, side):
            wants.append(_feared(choice, side))
    wants.extend(_bound(side, choices, material))
    return _ordered(wants)


def _ordered(wants: Iterable[_Want]) -> tuple[Preference, ...]:
    """Order by strength, then latest first; one statement stands once, at its strongest place."""
    kept: dict[str, _Want] = {}
    for want in sorted(wants, key=lambda w: (-w.strength, -w.late, w.statement)):
        if want.statement in kept or _negation(want.statement) in kept:
            continue  # said more strongly before, or overruled by a stronger word
        kept[want.statement] = want
    return tuple(Preference((w.statement,), w.evidence) for w in kept.values())


def _negation(statement: str) -> str:
    return statement.removeprefix("not ") if statement.startswith("not ") else f"not {statement}"


def _finer(statements: Sequence[str], origins: int) -> float:
    return min(0.25, PER_ORIGIN * (origins - 1) + PER_TELLING * (len(statements) - 1))


def _demanded(choice: Choice, position: Position, material: Material) -> _Want:
    terms = {normal(t) for s in position.statements for t in material.statement(s).terms}
    insists = INSISTS if terms & (cue("insist") - {"demand"}) else 0.0
    strength = DEMANDED + insists + _finer(position.statements, len(position.origins))
    if position.state == "withdrawn":
        reason = "It made this demand and withdrew it; it would still rather have it granted."
        return _Want(literal(choice, position), IN_PART, Evidence(position.statements, reason))
    how = "insists on" if insists else "demands"
    evidence = Evidence(position.statements, f"It {how} this.")
    return _Want(literal(choice, position), strength, evidence, material.last(position.statements))


def _answered(
    choice: Choice, position: Position, choices: Sequence[Choice], material: Material
) -> list[_Want]:
    """Say what a side's answers to a demand mean for granting it; its last word counts."""
    grant = literal(choice, position)
    refuse = _negation(grant)
    no = [a for a in position.answers if a.kind in _NO]
    yes = [a for a in position.answers if a.kind in _YES]
    said = tuple(dict.fromkeys(s for a in (no or yes) for s in a.statements))
    if position.state in ("refused", "contested") and no:
        firm = any(not a.inferred for a in no)
        reason = "It refused this demand." if firm else "A refusal in the text refers back to this demand."
        if position.state == "contested":
            reason += " Other reports tell that it agreed."
        strength = REFUSED if firm else REFUSED_INFERRED
        return [_Want(refuse, strength + _finer(said, 1), Evidence(said, reason), material.last(said))]
    if position.state == "conditional":
        return _conditional(grant, refuse, position, choice, choices, material)
    if position.state == "accepted" and yes:
        full = any(a.kind is AnswerKind.ACCEPTS for a in yes)
        reason = "It agreed to this." if full else "It agreed to part of this."
        strength = PROMISED if full else IN_PART
        if not full and all(tells_offer(material.statement(s)) for s in said):
            strength, reason = OFFERED, "It said that it was ready for this."
        return [_Want(grant, strength, Evidence(said, reason), material.last(said))]
    reason = "Assumed: no answer is told, and it would rather not grant this."
    return [_Want(refuse, UNANSWERED, Evidence((), reason))]


def _unasked(choice: Choice, side: str, choices: Sequence[Choice], material: Material) -> list[_Want]:
    """Say what a side's conditions, and its own refusals and offers, mean."""
    wants: list[_Want] = []
    for statements in (told for by, told in choice.asked if by == side):
        evidence = Evidence(statements, "It sets this as a condition.")
        wants.append(_Want(choice.met, DEMANDED, evidence, material.last(statements)))
    if choice.owner != side:
        return wants + _offered_too(choice, side, choices, material)
    if choice.refused and not choice.positions:
        wants.append(_refused(choice, choices, material))
    elif choice.offered and not choice.positions:
        wants.extend(_offered(choice, choices, material))
    elif choice.asked and not choice.positions:
        reason = "Assumed: no answer is told, and it would rather not grant this."
        wants.append(_Want(_negation(choice.id), UNANSWERED, Evidence((), reason)))
    return wants


def _refused(choice: Choice, choices: Sequence[Choice], material: Material) -> _Want:
    """Say what a refusal means: no, or no until its condition is met."""
    others = [c for c in choices if c is not choice]
    said = tuple(choice.refused)
    for statement in said:
        for _, wanted in met_by((statement,), condition_words(material, statement), others, material)[:1]:
            evidence = Evidence(said, "It refused this unless that is done.")
            return _Want(f"{choice.id} iff {_inner(wanted)}", CONDITION, evidence, material.last(said))
    return _Want(_negation(choice.id), REFUSED, Evidence(said, "It refused this."), material.last(said))


def _offered(choice: Choice, choices: Sequence[Choice], material: Material) -> list[_Want]:
    """Say what an offer of a thing that takes two means: it is kept when the other side does the same."""
    late = material.last(choice.offered)
    evidence = Evidence(
        tuple(choice.offered), "It said that it was ready for this; taken as: if the other is, too."
    )
    others = [c for c in choices if c.owner != choice.owner and alike(choice, c, material)]
    return [_Want(f"{choice.id} iff {other.id}", OFFERED, evidence, late) for other in others[:1]]


def _offered_too(choice: Choice, side: str, choices: Sequence[Choice], material: Material) -> list[_Want]:
    """Say that who offers a thing that takes two would rather have the other do it, too."""
    if choice.positions or choice.asked:
        return []
    for own in choices:
        if own.owner == side and own.offered and alike(own, choice, material):
            evidence = Evidence(tuple(own.offered), "It offered the same.")
            return [_Want(choice.id, OFFERED + BELOW, evidence, material.last(own.offered))]
    return []


def _conditional(
    grant: str, refuse: str, position: Position, choice: Choice, choices: Sequence[Choice], material: Material
) -> list[_Want]:
    said = tuple(
        dict.fromkeys(s for a in position.answers if a.kind is AnswerKind.CONDITIONS for s in a.statements)
    )
    for statement in said:
        others = [c for c in choices if c is not choice]
        for _, wanted in met_by((statement,), condition_words(material, statement), others, material)[:1]:
            reason = "It said that it would grant this on that condition."
            return [_Want(f"{_inner(grant)} iff {_inner(wanted)}", CONDITION, Evidence(said, reason))]
    reason = "It set a condition that is no option of the model; until it is met, taken as a no."
    return [_Want(refuse, CONDITION, Evidence(said, reason), material.last(said))]


def _inner(statement: str) -> str:
    return f"({statement})" if " " in statement else statement


def _threatened(
    choice: Choice, choices: Sequence[Choice], demands: Sequence[_Want], side: str, material: Material
) -> list[_Want]:
    """Say what a side's threats and running actions mean: taken at their word where they say "will"."""
    own = [w for w in demands if w.evidence.statements and _is_demand(w, choices, side)]
    wants: list[_Want] = []
    for threat in choice.threats:
        if threat.running:
            evidence = Evidence(threat.statements, "It is told to be doing this.")
            wants.append(_Want(choice.id, RUNNING, evidence, material.last(threat.statements)))
            continue
        wants.extend(_at_its_word(choice, threat, choices, own, side, material))
    if not choice.running and not any(w.strength == OUTSIDE for w in wants):
        reason = "Assumed: nothing tells so, but carrying out a threat has a price for its maker."
        wants.append(_Want(f"not {choice.id}", COSTLY, Evidence((), reason)))
    return wants


def _is_demand(want: _Want, choices: Sequence[Choice], side: str) -> bool:
    return any(
        position.demander == side and literal(choice, position) == want.statement
        for choice in choices
        for position in choice.positions
    )


def _at_its_word(
    choice: Choice,
    threat: Threat,
    choices: Sequence[Choice],
    own: Sequence[_Want],
    side: str,
    material: Material,
) -> list[_Want]:
    """Take a threat as conditional: meant for the case that what is demanded is not granted."""
    if _only_possible(threat, material):
        return []  # "an option on the table": it can be done, nothing says that it would be
    if choice.words & cue("retaliate"):
        return _in_kind(choice, threat, choices, side, late=material.last(threat.statements))
    others = [c for c in choices if c is not choice]
    named = next(
        (
            wanted
            for c, wanted in met_by(threat.statements, threat.condition, others, material)
            if any(p.demander == side for p in c.positions) or any(by == side for by, _ in c.asked)
        ),
        None,
    )
    late = material.last(threat.statements)
    if named is not None:
        base = next((w.strength for w in own if w.statement == named), DEMANDED)
        reason = "It says that it will do this unless that is granted."
        statement = f"{choice.id} if {_negation(named)}"
        return [_Want(statement, base - BELOW, Evidence(threat.statements, reason), late)]
    if threat.condition and not about_talks(material.plain_words(threat.condition)):
        reason = (
            f"Assumed: it says that it will do this on a condition that is not in the model "
            f"(“{' '.join(threat.condition.split())}”); until that is met, it would rather not."
        )
        return [_Want(f"not {choice.id}", OUTSIDE, Evidence((), reason))]
    if not own and not _says_will(threat, material):
        return []
    if not own:
        reason = "It says that it will do this; nothing is told of what it demands."
        return [_Want(choice.id, DEMANDED - BELOW, Evidence(threat.statements, reason), late)]
    base = min(w.strength for w in own)
    granted = " or ".join(w.statement if len(own) == 1 else _inner(w.statement) for w in own)
    reason = (
        "It says that it will do this if the talks bring nothing; taken as: if none of its demands is granted."
        if threat.condition
        else "It says that it will do this; taken as meant for the case that none of its demands is granted."
    )
    statement = f"{choice.id} if {_negation(granted) if len(own) == 1 else f'not ({granted})'}"
    return [_Want(statement, base - BELOW, Evidence(threat.statements, reason), late)]


def _in_kind(choice: Choice, threat: Threat, choices: Sequence[Choice], side: str, late: int) -> list[_Want]:
    """Take a threat to answer as meant for the case that something is done to its maker."""
    done = [c.id for c in choices if c.act and c.owner != side and _against(c, side)]
    if not done:
        return []
    reason = "It says that it will answer what is done to it."
    statement = f"{choice.id} iff {done[0] if len(done) == 1 else '(' + ' or '.join(done) + ')'}"
    return [_Want(statement, DEMANDED - BELOW, Evidence(threat.statements, reason), late)]


def _only_possible(threat: Threat, material: Material) -> bool:
    """Whether each telling of a threat words it as something that could be done."""
    told = [material.statement(s) for s in threat.statements]
    return all({normal(t) for t in s.terms} & cue("possible") or _says_could(s.quote) for s in told)


def _says_will(threat: Threat, material: Material) -> bool:
    """Whether a telling says that it will be done, rather than only that it was threatened."""
    told = [material.statement(s) for s in threat.statements]
    said = [f" {' '.join(s.quote.lower().split())} ".replace(" would be ", " ") for s in told]
    return any(f" {word} " in quote for quote in said for word in ("will", "would", "shall"))


def _says_could(quote: str) -> bool:
    words = quote.lower().split()
    return bool(set(words) & {"could", "may", "might", "option", "options"}) and "will" not in words


def _against(choice: Choice, side: str) -> bool:
    return any(t.against in (side, None) for t in choice.threats)


def _feared(choice: Choice, side: str) -> _Want:
    if choice.running:
        doing = "this is told to be going on"
    elif any(t.against == side for t in choice.threats):
        doing = "it is threatened with this"
    else:
        doing = "this is threatened, and nothing tells against whom"
    reason = f"Assumed: {doing}; it does not say so, but would rather be spared it."
    return _Want(f"not {choice.id}", THREATENED, Evidence((), reason))


def _bound(side: str, choices: Sequence[Choice], material: Material) -> list[_Want]:
    """Say what a side bound itself to: to leave force (a ceasefire), or to do what it promised."""
    wants: list[_Want] = []
    for commitment in material.record.commitments:
        if side not in commitment.by:
            continue
        for choice in choices:
            if choice.owner == side:
                wants.extend(_kept(choice, commitment, material))
    return wants


def _kept(choice: Choice, commitment: Commitment, material: Material) -> list[_Want]:
    words = frozenset[str]().union(*(material.words(s) for s in commitment.statements))
    late = material.last(commitment.statements)
    truce = any(material.statement(s).mode == "ceasefire" for s in commitment.statements)
    if choice.act and truce and choice.words & cue("violence"):
        reason = _truce_reason(commitment, material)
        strength = OFFERED if commitment.offer else PROMISED
        evidence = Evidence(commitment.statements, reason)
        return [_Want(f"not {choice.id}", strength - 2 * BELOW, evidence, late)]
    if not choice.act and not truce and material.alike(choice.words, words) >= KEPT:
        reason = "It said that it was ready for this." if commitment.offer else "It promised this."
        strength = OFFERED if commitment.offer else PROMISED
        return [_Want(choice.id, strength - BELOW, Evidence(commitment.statements, reason), late)]
    return []


def _truce_reason(commitment: Commitment, material: Material) -> str:
    """Say no more than is told: an offer, an agreement, or only that the fighting paused."""
    if commitment.offer:
        return "It said that it was ready for a ceasefire."
    if all(material.statement(s).type is EventType.RETREAT for s in commitment.statements):
        return "A ceasefire or a pause in the fighting is told of it."
    return "It agreed to a ceasefire."
