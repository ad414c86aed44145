"""Which outcomes hold and why, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import Markup

from jirga.brief.cites import Line
from jirga.brief.holding import Row, columns, holding, table, told
from jirga.brief.names import option_tag
from jirga.brief.stategraph import state_graph
from jirga.brief.words import joined, words
from jirga.conflict.types import Conflict
from jirga.errors import JirgaError
from jirga.stability.analysis import Analysis
from jirga.stability.evolution import evolve
from jirga.stability.explain import explain
from jirga.stability.sweep import Sweep
from jirga.stability.types import BASIC, Stable, Unstable, Verdict

__all__ = ["Outcomes", "assumed_wishes", "ending", "move_words", "outcomes", "reason", "taken_words"]

MOST_DRAWN = 10  # outcomes of the state graph that a page shows large enough to read
MUCH = 2  # times as many outcomes as under SEQ
MOST_SANCTIONS = 2  # deterred moves told one by one
STAYS = "it stays: no move of its own leads to an outcome that it prefers."
ALL_STAY = "each stays: none has a move of its own that leads to an outcome that it prefers."
CONCEPT = "SEQ"  # the concept whose reasons are told: answers that the others would want to make


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What the brief says of outcomes."""

    lines: tuple[Line, ...]
    options: tuple[tuple[str, str], ...] = ()
    table: tuple[Row, ...] = ()
    told: tuple[Line, ...] = ()
    note: str = ""
    reasons_title: str = ""
    reasons: tuple[Line, ...] = ()
    drawing: Markup | None = None
    caption: str = ""
    concepts: tuple[Line, ...] = field(default_factory=tuple)


def outcomes(found: Analysis | None, trouble: str, swept: Sweep | None = None) -> Outcomes:
    """Say which outcomes hold.

    Parameters
    ----------
    found : Analysis or None
    trouble : str
        Why there is no analysis.
    swept : Sweep or None
        How often outcomes hold under other orders of the same wishes.
    """
    concepts = tuple(Line(words()["concepts"][name], mark="method") for name in BASIC)
    if found is None:
        why = (
            "The reports do not give two parties with something to decide, so there is no model to analyse."
            if trouble == "too little"
            else f"The drafted model could not be analysed: {trouble}"
        )
        return Outcomes((Line(why, mark="method"),), concepts=concepts)
    rows, note = table(found, swept)
    lines, reasons, title = _lines(found)
    drawn = state_graph(found, most=MOST_DRAWN, letters=True)
    return Outcomes(
        tuple(lines), columns(found), rows, told(found), note, title, tuple(reasons),
        Markup(drawn) if drawn else None,  # noqa: S704 - our own drawing, its texts escaped there
        "Each box is an outcome, named by the letters of what is done in it; a solid arrow is a move that the mover prefers. "
        "Computed from the model.",
        concepts,
    )  # fmt: skip


def ending(found: Analysis | None, swept: Sweep | None = None) -> Line:
    """Return the fifth line of the story: whether the status quo would last, what holds instead, and how sure that is."""
    lead = "What would hold"
    if found is None:
        return Line(
            "Too little is told of two sides to work out which outcomes would hold.", mark="method", lead=lead
        )
    parts = [_would_last(found), _instead(found), _how_sure(found, swept)]
    return Line(" ".join(filter(None, parts)), mark="computed", lead=lead)


def _would_last(found: Analysis) -> str:
    if found.status_quo is None:
        return "The model names no status quo."
    state = found.status_quo - 1
    if state + 1 in found.equilibria[CONCEPT]:
        why = (
            "no side has a move of its own that leads to something it wants more."
            if state + 1 in found.equilibria.get("Nash", ())
            else "whoever left it would gain nothing, after the answer of the others."
        )
        return f"If the model below is right, the status quo would last: {why}"
    leaving = _leaves(found)
    if leaving is None:
        return ""
    dm, better = leaving
    move = move_words(found, dm, state, better, label_words)
    who = found.conflict.decision_makers[dm].label
    return f"If the model below is right, the status quo would not last: {who} would rather {move}."


def _leaves(found: Analysis) -> tuple[int, int] | None:
    """Return the first decision maker that would leave the status quo, and the state (from 0) that it would move to."""
    for dm in range(len(found.conflict.decision_makers)):
        verdict = explain(found.game, (found.status_quo or 1) - 1, dm, CONCEPT)
        if isinstance(verdict, Unstable):
            return dm, verdict.improvement
    return None


def _instead(found: Analysis) -> str:
    """Name the outcome that holds and that the sides' own moves lead to."""
    if found.status_quo is None or found.status_quo in found.equilibria[CONCEPT]:
        return ""
    held = {state - 1 for state in found.equilibria[CONCEPT]}
    if not held:
        return "No outcome holds."
    try:
        reached = evolve(found.game, found.status_quo - 1).distance
    except JirgaError:
        return ""
    near = sorted((far, state) for state, far in reached.items() if state in held)
    leaving = _leaves(found)
    if leaving is not None and leaving[1] in held:
        return "There it would come to rest: nobody would leave that."
    if near:
        return f"The sides' own moves lead to an outcome that holds: {taken_words(found, near[0][1], label_words)}."
    return f"{len(held)} other outcomes hold, but the sides' own moves do not lead there."


def _how_sure(found: Analysis, swept: Sweep | None) -> str:
    if swept is None or found.status_quo is None:
        return ""
    share = swept.shares.get(CONCEPT, {}).get(found.status_quo - 1)
    told = f"{100 * share.hits / share.samples:.0f} %" if share else "none"
    assumed, wishes = assumed_wishes(found.conflict)
    rest = (
        f"{assumed} of the model's {wishes} wishes are assumptions, and so is their order"
        if assumed
        else "The order of the wishes is an assumption"
    )
    return f"{rest}: of {swept.samples:,} random orders, the status quo lasts in {told}."


def assumed_wishes(conflict: Conflict) -> tuple[int, int]:
    """Return how many preference statements of a model rest on no statement of a report, and how many there are."""
    wishes = [p for dm in conflict.decision_makers for p in dm.preferences]
    return sum(p.evidence.assumption for p in wishes), len(wishes)


def label_words(conflict: Conflict, bit: int) -> str:
    """Return an option's label without its letter, for the story, where no table tells what a letter means."""
    return option_tag(conflict, bit).partition(" ")[2]


def taken_words(found: Analysis, state: int, tag: Callable[[Conflict, int], str] = option_tag) -> str:
    """Say which options are taken in a state (from 0)."""
    if found.conflict.states:
        return found.space.names[state]
    code = int(found.space.codes[state])
    taken = [tag(found.conflict, bit) for bit in range(len(found.conflict.options)) if code >> bit & 1]
    return joined(taken) if taken else "nothing is granted and nothing is carried out"


def _status_quo(found: Analysis) -> str:
    if found.status_quo is None:
        return "The model names no status quo."
    held = holding(found, found.status_quo - 1)
    if held:
        return f"The status quo holds under {joined(held)} (what these ask stands at the end of this part)."
    return "The status quo does not hold under any of the four concepts."


def _lines(found: Analysis) -> tuple[list[Line], list[Line], str]:
    if found.status_quo is None:
        return [Line(_status_quo(found), mark="computed")], [], ""
    state = found.status_quo - 1
    here = taken_words(found, state)
    lines = [
        Line(f"The status quo is taken to be: {here}.", mark="assumption"),
        Line(f"{_status_quo(found)} {_counts(found)}", mark="computed"),
    ]
    names = found.conflict.decision_makers
    same: dict[str, list[str]] = {}
    for dm, maker in enumerate(names):
        same.setdefault(reason(found, explain(found.game, state, dm, CONCEPT)), []).append(maker.label)
    reasons = [
        Line(ALL_STAY if text == STAYS and len(who) > 1 else text, mark="computed", lead=f"{name}:")
        for text, who in same.items()
        for name in ([joined(who)] if text == STAYS else who)
    ]
    held = "holds" if state + 1 in found.equilibria[CONCEPT] else "does not hold"
    return lines, reasons, f"Why the status quo {held} (SEQ)"


def _counts(found: Analysis) -> str:
    counts = {name: len(found.equilibria[name]) for name in BASIC if name in found.equilibria}
    strong = joined([_hold(counts[name], name) for name in ("Nash", "SEQ") if name in counts])
    weak = joined([_hold(counts[name], name) for name in ("GMR", "SMR") if name in counts])
    much = counts.get("GMR", 0) > MUCH * max(counts.get("SEQ", 0), 1)
    told = ", so they hold much and tell little" if much else ""
    return (
        f"{found.space.m:,} outcomes are possible. {strong}. {weak}: these two count any answer of the others, "
        f"whatever it costs them{told}. All of this is exact for this model, and for this model only."
    )


def _hold(count: int, name: str) -> str:
    return f"{count:,} {'holds' if count == 1 else 'hold'} under {name}"


def reason(found: Analysis, verdict: Verdict) -> str:
    """Say why a state is stable for a decision maker, or why it is not."""
    match verdict:
        case Unstable():
            move = move_words(found, verdict.dm, verdict.state, verdict.improvement)
            return f"it would leave. To {move} is better for it, and no answer of the others takes the gain away."
        case Stable(joint=True):
            return "it stays, because all who would leave at once would regret it together."
        case Stable() if verdict.no_improvement:
            return STAYS
        case _:
            return _deterred(found, verdict)


def _deterred(found: Analysis, verdict: Stable) -> str:
    parts = []
    for sanction in verdict.sanctions[:MOST_SANCTIONS]:
        move = move_words(found, verdict.dm, verdict.state, sanction.improvement)
        start = sanction.improvement
        answers = []
        for step in sanction.path:
            who = found.conflict.decision_makers[step.dm].label
            answers.append(f"{who} could {move_words(found, step.dm, start, step.state)}")
            start = step.state
        parts.append(f"to {move} would be better for it, but then {joined(answers)}")
    rest = len(verdict.sanctions) - MOST_SANCTIONS
    more = f" {rest} more of its moves are deterred in the same way." if rest > 0 else ""
    told = "; ".join(parts)
    return f"it stays. {told[0].upper()}{told[1:]}, and it would be no better off.{more}"


def move_words(
    found: Analysis, dm: int, start: int, end: int, tag: Callable[[Conflict, int], str] = option_tag
) -> str:
    """Say what a decision maker changes between two states (from 0)."""
    if found.conflict.states:
        return f"move to {found.space.names[end]}"
    before, after = int(found.space.codes[start]), int(found.space.codes[end])
    mine = found.conflict.decision_makers[dm].id
    up: list[str] = []
    down: list[str] = []
    for bit, option in enumerate(found.conflict.options):
        if (before ^ after) >> bit & 1 and option.dm == mine:
            (up if after >> bit & 1 else down).append(tag(found.conflict, bit))
    parts = [f"choose {joined(up)}"] if up else []
    parts += [f"give up {joined(down)}"] if down else []
    return " and ".join(parts) or "stay"
