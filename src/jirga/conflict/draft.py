"""A first model of a conflict, made from what the reports say: to be read, corrected and handed back by a person.

Who demands, refuses, threatens or acts decides; a demand is an option of the one it is made of; a threat or a running
action is an option of the one who makes it. ``docs/draft.md`` gives every rule with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from jirga.conflict.draft_courses import add_courses
from jirga.conflict.draft_material import Material, deed_of, together
from jirga.conflict.draft_names import title_slug
from jirga.conflict.draft_options import Choice, find_choices, named
from jirga.conflict.draft_preferences import preferences_of
from jirga.conflict.draft_promises import add_promises
from jirga.conflict.draft_same import one_of_each_name
from jirga.conflict.draft_threats import hits
from jirga.conflict.types import Conflict, DecisionMaker, Evidence, Option, Rule
from jirga.record.types import AnswerKind, Party, Position, Record
from jirga.record.words import cue, normal, plain_lemma

__all__ = ["MAX_DECISION_MAKERS", "MAX_OPTIONS", "draft"]

MAX_DECISION_MAKERS = 5  # a table that a person can still take in
MIN_OPTIONS = 2  # below, nobody's choice meets another's
MAX_OPTIONS = 10  # 1,024 states: every one can still be looked at


def draft(
    record: Record, *, options: int = MAX_OPTIONS, decision_makers: int = MAX_DECISION_MAKERS
) -> Conflict:
    """Draft a conflict model from a record.

    Parameters
    ----------
    record : Record
    options : int
        Most options; those least is said of are left out, and the notes say which.
    decision_makers : int
        Most decision makers, the same way.

    Returns
    -------
    Conflict
        Every element names its statements, or has none and is an assumption whose reason says so. Without a demand or
        a threat between two sides there is nothing to model: no decision makers, and the notes say why.
    """
    record = one_of_each_name(record)
    material = Material(record)
    notes: list[str] = []
    sides = _sides(record, decision_makers, notes)
    choices, left_out = find_choices(material, sides)
    add_courses(material, sides, choices)
    add_promises(material, sides, choices)
    choices = named(choices, material)
    notes.extend(_left_out(left_out, material, sides, choices[options:]))
    choices = choices[:options]
    sides = [side for side in sides if any(c.owner == side or _asks(c, side) for c in choices)]
    names = {p.id: p.name for p in record.parties}
    found = choices
    sides = _with_options(sides, choices, material, notes)
    sides = _involved(sides, choices, material, notes)
    choices = [c for c in choices if c.owner in sides]
    if len(choices) < MIN_OPTIONS or len(sides) < 2:
        notes.append(_too_little(found, names))
        return Conflict("Nothing to model", (), notes=tuple(notes))
    ids: dict[str, str] = {}
    for side in sides:
        ids[side] = title_slug(names.get(side, side), ids.values())
    deciders = tuple(_decision_maker(side, ids[side], names, choices, material) for side in sides)
    if any(p.evidence.assumption for dm in deciders for p in dm.preferences):
        notes.append(
            "Preferences marked as assumptions stand last; move them first when you judge otherwise."
        )
    word, why = _status_quo(deciders, choices)
    notes.append(why)
    notes.extend(
        f"Assumed: “{c.label}” is worded as going on already, but the reports do not tell it as going on now."
        for c in choices
        if c.act and c.worded_as_running and not c.running
    )
    return Conflict(
        name=" – ".join(names.get(side, side) for side in sides),
        decision_makers=deciders,
        infeasible=tuple(_rules(choices)),
        status_quo=word,
        status_quo_evidence=Evidence(_behind(deciders, choices, word), why),
        evidence=Evidence(
            tuple(dict.fromkeys(s for c in choices for s in c.statements)),
            "Drafted from the demands, answers and threats.",
        ),
        notes=tuple(notes),
    )


def _sides(record: Record, most: int, notes: list[str]) -> list[str]:
    """Return who decides: those who demand, are demanded of, or threaten; mediators and onlookers do not."""
    involved: Counter[str] = Counter()
    for position in record.positions:
        involved.update(p for p in (position.demander, position.addressee) if p)
    for threat in record.threats:
        involved.update(p for p in (threat.by, threat.against) if p)
    known = {p.id: p for p in record.parties}
    chosen = [p for p in record.parties if p.id in involved and p.role == "party"]
    if len(chosen) < 2:  # nobody fights: whoever demands and is demanded of, but who mediates
        chosen = [p for p in record.parties if p.id in involved and p.role != "mediator"]
    chosen.sort(key=lambda p: (-involved[p.id], -p.statements, p.id))
    kept = {p.id for p in chosen[:most]}
    others: dict[str, list[str]] = {}
    for ident in sorted(set(involved) - kept):
        name, why = _who(known.get(ident), ident)
        others.setdefault(why, []).append(name)
    notes.extend(
        f"Not {'a decision maker' if len(found) == 1 else 'decision makers'} ({why}): {', '.join(sorted(set(found)))}."
        for why, found in others.items()
    )
    return [p.id for p in chosen[:most]]


def _left_out(
    demands: Sequence[Position], material: Material, sides: Sequence[str], least: Sequence[Choice]
) -> list[str]:
    """Say what the reports tell of that is no option of the model."""
    reasons: dict[str, list[str]] = {}
    for position in demands:
        reasons.setdefault(_why_not(position, sides), []).append(f"“{_short(position.demand)}”")
    notes = [f"Left out, {why}: {'; '.join(told)}." for why, told in reasons.items()]
    notes += [
        f"Left out: a warning that names nothing to do: “{_short(threat.words)}”."
        for threat in material.record.threats
        if threat.by in sides and not deed_of(threat, material)[0]
    ]
    notes += [
        f"Left out, since it may be a promise as well as a threat: “{_short(threat.words)}”."
        for threat in material.record.threats
        if threat.by in sides and material.pledged(threat)
    ]
    return notes + [f"Left out, since least is said of it: {choice.label}." for choice in least]


def _why_not(position: Position, sides: Sequence[str]) -> str:
    """Say why a demand is no option: who demands it, or who is asked, is nobody of the model, or is not told."""
    if position.demander not in sides:
        return "since who demands it is no side of the model"
    if position.addressee is None:
        return "since it is not told which of the sides is asked for it"
    return "since who is asked for it is no side of the model"


def _with_options(
    sides: Sequence[str], choices: Sequence[Choice], material: Material, notes: list[str]
) -> list[str]:
    """Return the sides that can do something; none when one of the two most is told of cannot.

    Who demands together with the first, as two unions do, is no second side.
    """
    able = {c.owner for c in choices}
    names = {p.id: p.name for p in material.record.parties}
    joint = (
        [demanders for demanders in together(material.record).values() if sides[0] in demanders]
        if sides
        else []
    )
    across = [s for s in sides[1:] if not any(s in demanders for demanders in joint)]
    for side in sides:
        if side not in able:
            notes.append(
                f"Not a decision maker: {names.get(side, side)} (nothing is told that it is asked for or threatens)."
            )
    return [side for side in sides if side in able] if able.issuperset([*sides[:1], *across[:1]]) else []


def _involved(
    sides: Sequence[str], choices: Sequence[Choice], material: Material, notes: list[str]
) -> list[str]:
    """Leave out whoever only threatens, and nobody of the model: nothing that a side wants hangs on it."""
    if len(sides) == 2:  # whom else would they threaten
        return list(sides)
    names = {p.id: p.name for p in material.record.parties}
    kept = []
    for side in sides:
        own = [c for c in choices if c.owner == side]
        tied = any(not c.act or c.positions or c.asked for c in own)
        tied = tied or any(_asks(c, side) for c in choices if c.owner != side)
        if tied or any(hits(c, other, material) for c in own for other in sides if other != side):
            kept.append(side)
            continue
        told = "; ".join(f"“{c.label}”" for c in own)
        why = f"its threat is not told to be against a side of the model: {told}"
        notes.append(f"Not a decision maker: {names.get(side, side)} ({why}).")
    return kept


def _too_little(choices: Sequence[Choice], names: dict[str, str]) -> str:
    if not choices:
        return "The reports tell of no demand or threat between two sides; there is nothing to model yet."
    found = "; ".join(f"{names.get(c.owner, c.owner)}: {c.label}" for c in choices)
    return (
        f"Too little for a model, which takes two sides that can each do something. What was found: {found}."
    )


def _who(party: Party | None, ident: str) -> tuple[str, str]:
    if party is None:
        return ident, "only commenting or named"
    why = {"mediator": "mediating", "outside": "only commenting or named"}.get(
        party.role, "little is told of them"
    )
    return party.name, why


def _asks(choice: Choice, side: str) -> bool:
    asked = any(p.demander == side for p in choice.positions) or any(by == side for by, _ in choice.asked)
    return asked or any(t.against == side for t in choice.threats)


def _decision_maker(
    side: str, ident: str, names: dict[str, str], choices: Sequence[Choice], material: Material
) -> DecisionMaker:
    own = [c for c in choices if c.owner == side]
    told = tuple(dict.fromkeys(s for c in choices if c.owner == side or _asks(c, side) for s in c.statements))
    return DecisionMaker(
        id=ident,
        label=names.get(side, side),
        options=tuple(Option(c.id, ident, c.label, evidence=Evidence(c.statements, _why(c))) for c in own),
        preferences=preferences_of(side, choices, material),
        evidence=Evidence(told, "It demands, answers, threatens or acts."),
    )


def _why(choice: Choice) -> str:
    if choice.positions and not choice.act:
        return "This is demanded of it."
    if choice.asked:
        return "It is warned of doing this." if choice.feared else "This is set as a condition."
    if choice.refused:
        return "It refuses this."
    if choice.offered:
        return "It says that it is ready for this."
    if choice.terms:
        return "It says on what condition it would do this."
    doing = "It is told to be doing this." if choice.running else "It threatens or announces this."
    return doing + (" It is demanded of it to stop." if choice.granted_by_leaving else "")


def _status_quo(deciders: Sequence[DecisionMaker], choices: Sequence[Choice]) -> tuple[str, str]:
    """Return where things stand: a demand is granted only where its addressee is told to have agreed to it last."""
    by_id = {c.id: c for c in choices}
    taken = {
        o.id: by_id[o.id].running if by_id[o.id].act else any(map(_granted, by_id[o.id].positions))
        for dm in deciders
        for o in dm.options
    }
    word = "".join("Y" if yes else "N" for yes in taken.values())
    done = [by_id[o].label for o, yes in taken.items() if yes]
    if not done:
        return word, "Status quo: nothing granted and no threat carried out, as far as the reports tell."
    return (
        word,
        f"Status quo: {'; '.join(done)}; nothing else granted or carried out, as far as the reports tell.",
    )


def _behind(deciders: Sequence[DecisionMaker], choices: Sequence[Choice], word: str) -> tuple[str, ...]:
    """Return the statements that say that something is done; none when nothing is."""
    by_id = {c.id: c for c in choices}
    options = [o.id for dm in deciders for o in dm.options]
    done = [by_id[o] for o, sign in zip(options, word, strict=True) if sign == "Y"]
    return tuple(dict.fromkeys(s for c in done for s in c.statements))


def _granted(position: Position) -> bool:
    """Whether the last answer is a plain yes to the whole demand."""
    if position.state != "accepted" or not position.answers:
        return False
    last = position.answers[-1]
    return last.kind is AnswerKind.ACCEPTS and not last.inferred


def _rules(choices: Sequence[Choice]) -> list[Rule]:
    """Return what cannot be together: granting an end of force while using force."""
    rules: list[Rule] = []
    for grant in choices:
        told = {normal(plain_lemma(w.strip(",.;:“”\"'"))) for w in grant.label.split()}
        if grant.act or "ceasefire" not in told:
            continue
        for act in choices:
            if act.act and act.owner == grant.owner and act.words & cue("violence"):
                reason = "Assumed from the meaning of the words: who keeps a ceasefire does not do this."
                rules.append(Rule("statement", (f"{grant.id} and {act.id}",), Evidence((), reason)))
    return rules


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else words[:79].rsplit(" ", 1)[0] + "…"
