"""Wishes that threats and running actions tell of: of who makes them, and of whom they are against."""

from __future__ import annotations

from collections.abc import Sequence

from jirga.conflict.draft_conditions import wanted
from jirga.conflict.draft_courses import MET, condition_words, met_by
from jirga.conflict.draft_material import Material
from jirga.conflict.draft_options import Choice, literal
from jirga.conflict.draft_wants import (
    BELOW,
    COSTLY,
    DEMANDED,
    OUTSIDE,
    RUNNING,
    THREATENED,
    Want,
    inner,
    negation,
)
from jirga.conflict.types import Evidence
from jirga.record.kinds import about_talks
from jirga.record.types import Threat
from jirga.record.words import cue, normal

__all__ = ["feared", "hits", "threatened"]

_COMES_ABOUT = frozenset(
    {
        "come",
        "came",
        "into",
        "effect",
        "force",
        "take",
        "took",
        "go",
        "went",
        "ahead",
        "happen",
        "occur",
        "new",
        "be",
    }
)
"""Words that say only that what is threatened is done: "if the new tariffs come into effect"."""


def threatened(
    choice: Choice, choices: Sequence[Choice], demands: Sequence[Want], side: str, material: Material
) -> list[Want]:
    """Say what a side's threats and running actions mean: taken at their word where they say "will"."""
    own = [w for w in demands if w.evidence.statements and _is_demand(w, choices, side)]
    wants: list[Want] = []
    for threat in choice.threats:
        if threat.running:
            evidence = Evidence(threat.statements, "It is told to be doing this.")
            wants.append(Want(choice.id, RUNNING, evidence, material.last(threat.statements)))
            continue
        wants.extend(_at_its_word(choice, threat, choices, own, side, material))
    if not choice.running and not any(w.strength == OUTSIDE for w in wants):
        reason = "Assumed: nothing tells so, but carrying out a threat has a price for its maker."
        wants.append(Want(f"not {choice.id}", COSTLY, Evidence((), reason)))
    return wants


def _is_demand(want: Want, choices: Sequence[Choice], side: str) -> bool:
    return any(
        position.demander == side and literal(choice, position) == want.statement
        for choice in choices
        for position in choice.positions
    )


def _at_its_word(
    choice: Choice,
    threat: Threat,
    choices: Sequence[Choice],
    own: Sequence[Want],
    side: str,
    material: Material,
) -> list[Want]:
    """Take a threat as conditional: meant for the case that what is demanded is not granted."""
    if _only_possible(threat, material):
        return []  # "an option on the table": it can be done, nothing says that it would be
    if choice.words & cue("retaliate"):
        return _in_kind(choice, threat, choices, side, material)
    others = [c for c in choices if c is not choice]
    warned = _warned(choice, threat, others, material)
    if warned is not None:
        return [warned]
    named = next(
        (
            met
            for c, met in met_by(threat.statements, threat.condition, others, material)
            if any(p.demander == side for p in c.positions) or any(by == side for by, _ in c.asked)
        ),
        None,
    )
    late = material.last(threat.statements)
    if named is not None:
        base = next((w.strength for w in own if w.statement == named), DEMANDED)
        reason = "It says that it will do this unless that is granted."
        statement = f"{choice.id} if {negation(named)}"
        return [Want(statement, base - BELOW, Evidence(threat.statements, reason), late)]
    if threat.condition and not about_talks(material.plain_words(threat.condition)):
        reason = (
            f"Assumed: it says that it will do this on a condition that is not in the model "
            f"(“{' '.join(threat.condition.split())}”); until that is met, it would rather not."
        )
        return [Want(f"not {choice.id}", OUTSIDE, Evidence((), reason))]
    if not own and not _says_will(threat, material):
        return []
    if not own:
        reason = "It says that it will do this; nothing is told of what it demands."
        return [Want(choice.id, DEMANDED - BELOW, Evidence(threat.statements, reason), late)]
    base = min(w.strength for w in own)
    granted = " or ".join(w.statement if len(own) == 1 else inner(w.statement) for w in own)
    reason = (
        "It says that it will do this if the talks bring nothing; taken as: if none of its demands is granted."
        if threat.condition
        else "It says that it will do this; taken as meant for the case that none of its demands is granted."
    )
    statement = f"{choice.id} if {negation(granted) if len(own) == 1 else f'not ({granted})'}"
    return [Want(statement, base - BELOW, Evidence(threat.statements, reason), late)]


def _warned(choice: Choice, threat: Threat, others: Sequence[Choice], material: Material) -> Want | None:
    """Take a threat for the case that something is done: what the other side is warned of, or threatens itself."""
    words = condition_words(material, threat.statements[0]) or threat.condition
    if not wanted(words).deters:
        return None
    said = set(threat.statements)
    done = next((c for c in others if c.feared and any(said & set(told) for _, told in c.asked)), None)
    if done is None:
        telling = material.plain_words(words) - cue("bare") - cue("talks") - _COMES_ABOUT
        whole = material.weights.sum(sorted(telling))
        acts = [c for c in others if c.act and c.owner != choice.owner]
        done = next(
            (c for c in acts if whole and material.weights.sum(sorted(telling & c.words)) / whole >= MET),
            None,
        )
    if done is None:
        return None
    reason = "It says that it will do this if that is done."
    late = material.last(threat.statements)
    return Want(f"{choice.id} if {done.id}", DEMANDED - BELOW, Evidence(threat.statements, reason), late)


def _in_kind(
    choice: Choice, threat: Threat, choices: Sequence[Choice], side: str, material: Material
) -> list[Want]:
    """Take a threat to answer as meant for the case that something is done to its maker."""
    done = [c.id for c in choices if c.act and c.owner != side and hits(c, side, material)]
    late = material.last(threat.statements)
    if not done:
        return []
    reason = "It says that it will answer what is done to it."
    statement = f"{choice.id} iff {done[0] if len(done) == 1 else '(' + ' or '.join(done) + ')'}"
    return [Want(statement, DEMANDED - BELOW, Evidence(threat.statements, reason), late)]


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


def hits(choice: Choice, side: str, material: Material) -> bool:
    """Tell whether an action is against a side: by what is told, else because the side is set against its maker.

    Parameters
    ----------
    choice : Choice
    side : str
        Party id.
    material : Material
    """
    rival = frozenset({choice.owner, side}) in material.against
    return any(t.against == side or (t.against is None and rival) for t in choice.threats)


def feared(choice: Choice, side: str) -> Want:
    """Say that a side would rather be spared what is threatened or done: an assumption."""
    if choice.running:
        doing = "this is told to be going on"
    elif any(t.against == side for t in choice.threats):
        doing = "it is threatened with this"
    else:
        doing = "it and the one who threatens this are set against each other"
    reason = f"Assumed: {doing}; it does not say so, but would rather be spared it."
    return Want(f"not {choice.id}", THREATENED, Evidence((), reason))
