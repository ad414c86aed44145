"""What would change it: the smallest changes after which an agreement holds, in words."""

from __future__ import annotations

from dataclasses import dataclass

from jirga.brief.cites import Line
from jirga.brief.lever_words import lever_words
from jirga.brief.names import option_tag
from jirga.brief.words import joined
from jirga.conflict.types import Conflict
from jirga.errors import JirgaError
from jirga.record.types import Record
from jirga.stability.analysis import Analysis
from jirga.stability.lever_types import KINDS, Lever, Levers
from jirga.stability.levers import levers

__all__ = ["Changes", "change_lines", "grants", "harms", "wanted_levers"]

CONCEPTS = ("SEQ", "GMR")
TRIVIAL = {"drop", "reverse", "promise"}  # to want the outcome is to have it: told last
TOLD = tuple(kind for kind in KINDS if kind != "ranking")  # a list of outcomes tells a person nothing
SECONDS = 2.0  # for one wanted outcome; the search says when it had to stop
CALM = ", and no threat is carried out"
BROUGHT = "Somebody would have to bring them there."
MOST_WANTED = 6  # wanted outcomes that are tried: the whole agreement, then demand by demand


@dataclass(frozen=True, slots=True)
class Way:
    """One wanted outcome, and what would make it hold: a line for each way."""

    wanted: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What the brief says of changes."""

    lines: tuple[Line, ...]
    levers: tuple[Way, ...] = ()


def grants(conflict: Conflict, record: Record) -> list[str]:
    """Return the names (``Dm.option``) of the options that rest on a demand: to choose them is to grant it."""
    asked = {s for position in record.positions for s in position.statements}
    return [f"{o.dm}.{o.id}" for o in conflict.options if asked & set(o.evidence.statements)]


def harms(conflict: Conflict, record: Record) -> list[str]:
    """Return the names of the options that carry out a threat or go on with an action."""
    told = {s for threat in record.threats for s in threat.statements}
    granted = set(grants(conflict, record))
    names = {f"{o.dm}.{o.id}": set(o.evidence.statements) for o in conflict.options}
    return [name for name, evidence in names.items() if evidence & told and name not in granted]


def wanted_levers(found: Analysis, record: Record) -> tuple[tuple[str, Levers], ...]:
    """Search the smallest changes that make agreements hold: everything granted in peace, then each demand alone.

    Parameters
    ----------
    found : Analysis
    record : Record
        Tells which options grant a demand and which carry out a threat.
    """
    given = grants(found.conflict, record)
    peace = [f"not {name}" for name in harms(found.conflict, record)]
    if not given:
        return ()
    asked: list[tuple[str, str]] = []
    if len(given) > 1:
        asked.append(
            (
                "everything demanded is granted and no threat is carried out",
                " and ".join(given + peace),
            )
        )
    tags = {f"{o.dm}.{o.id}": option_tag(found.conflict, bit) for bit, o in enumerate(found.conflict.options)}
    calm = CALM if peace else ""
    makers = {dm.id: dm.label for dm in found.conflict.decision_makers}
    asked += [
        (f"{makers[name.partition('.')[0]]} chooses {tags[name]}{calm}", " and ".join([name, *peace]))
        for name in given
    ]
    out = []
    for told, statement in asked[:MOST_WANTED]:
        try:
            out.append(
                (told, levers(found.conflict, statement, concepts=CONCEPTS, kinds=TOLD, limit_s=SECONDS))
            )
        except JirgaError:
            continue  # the statement is true in no feasible outcome: the rules of the model forbid it
    return tuple(out)


def change_lines(found: Analysis | None, tried: tuple[tuple[str, Levers], ...]) -> Changes:
    """Say what the smallest changes are."""
    if found is None:
        return Changes((Line("Without a model there is nothing to change.", mark="method"),))
    if not tried:
        text = "The model holds no demand that could be granted. Ask for an outcome of your own with “jirga levers”."
        return Changes((Line(text, mark="method"),))
    lead = Line(
        "For each agreement: the smallest change of what the sides want, or can do, after which nobody would leave it. "
        "This follows from the model; it is no advice, and nobody has offered it.",
        mark="computed",
    )
    chosen = [(told, answer, _best(answer)) for told, answer in tried]
    arrive = {lever.arrives for _, _, best in chosen for lever in best}
    lines = [lead]
    if arrive == {False}:  # the same for all: said once
        lines.append(Line(f"The sides' own moves lead to none of these outcomes. {BROUGHT}", mark="computed"))
    ways = [_way(found.conflict, told, answer, best, arrive != {False}) for told, answer, best in chosen]
    return Changes(tuple(lines), tuple(_merged(ways)))


def _merged(ways: list[Way]) -> list[Way]:
    """Tell at once the outcomes for which the same is to be said."""
    groups: dict[tuple[str, ...], list[Way]] = {}
    for place, way in enumerate(ways):
        alone = () if way.wanted.endswith(CALM) else (str(place),)
        groups.setdefault((*alone, *(line.text for line in way.lines)), []).append(way)
    return [_together(group) for group in groups.values()]


def _together(group: list[Way]) -> Way:
    if len(group) == 1:
        return group[0]
    told = "; ".join(way.wanted.removesuffix(CALM) for way in group)
    return Way(f"{told} (each of these{CALM})", group[0].lines)


def _best(answer: Levers) -> list[Lever]:
    """Return the smallest set of changes and one of another kind; none where none is needed or none was found."""
    concept = CONCEPTS[0]
    if answer.holds.get(concept):
        return []
    ranked = sorted(
        answer.levers.get(concept, ()), key=lambda lever: (len(lever.changes), lever.kind in TRIVIAL)
    )
    others = [r for r in ranked[1:] if r.dms != ranked[0].dms or r.kind != ranked[0].kind]
    return ranked[:1] + others[:1]


def _way(conflict: Conflict, told: str, answer: Levers, best: list[Lever], arrival: bool) -> Way:
    concept = CONCEPTS[0]
    if answer.holds.get(concept):
        text = f"Nothing has to change: once there, the sides would stay ({concept})."
        return Way(told, (Line(text, mark="computed"),))
    if not best:
        least = answer.at_least.get(concept, 1)
        why = f"No set of fewer than {least} changes does it" if least > 1 else "None was found"
        stop = "" if answer.finished else f" (the search stopped after {SECONDS:.0f} seconds)"
        return Way(told, (Line(f"{why}{stop}.", mark="computed"),))
    texts = [_lever(conflict, lever, arrival) for lever in best]
    leads = ["", *("Or:" for _ in texts[1:])]
    return Way(told, tuple(Line(t, mark="computed", lead=x) for t, x in zip(texts, leads, strict=True)))


def _lever(conflict: Conflict, lever: Lever, arrival: bool) -> str:
    """Say a set of changes; how its outcome is reached only where that is not said for all at once."""
    parts = lever_words(conflict, lever.changes)
    count = "" if len(lever.changes) == 1 else f"{len(lever.changes)} changes"
    proof = "" if lever.smallest else " (fewer may do; the search did not finish)"
    way = {True: " The sides would get there by moves that each prefers.", False: f" {BROUGHT}"}
    arrives = way[lever.arrives] if arrival and lever.arrives is not None else ""
    if not count:
        return f"{parts[0][:1].upper()}{parts[0][1:]}{proof}.{arrives}"
    return f"{count}{proof}: {joined(parts)}.{arrives}"
