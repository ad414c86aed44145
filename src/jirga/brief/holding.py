"""The table of outcomes: what is done in each, where it holds, and what that means in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from jirga.brief.cites import Line
from jirga.brief.names import letter, option_tag
from jirga.brief.words import joined
from jirga.stability.analysis import Analysis
from jirga.stability.sweep import Sweep
from jirga.stability.types import BASIC

__all__ = ["Row", "columns", "holding", "outcome_name", "table", "told"]

MOST_ROWS = 8
MOST_TOLD = 4  # outcomes told in words
MOST_OPTIONS = 14  # columns of the table that fit a page
CONCEPT = "SEQ"
STRONG = (
    "Nash",
    "SEQ",
)  # the others count answers at any cost, so that they hold nearly everything in a large model
MEANS = {
    "Nash": "Nobody has a move of its own to something that it prefers.",
    "SEQ": "Somebody could gain by leaving, but the others would want to answer, and then nothing is gained.",
    "GMR": "It lasts only if the others would answer a move whatever that costs them.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome of the table."""

    name: str
    cells: tuple[bool, ...]
    holds: str
    status_quo: bool
    share: str = ""
    title: str = ""


def holding(found: Analysis, state: int) -> list[str]:
    """Return the concepts under which a state (from 0) holds."""
    return [name for name in BASIC if state + 1 in found.equilibria.get(name, ())]


def columns(found: Analysis) -> tuple[tuple[str, str], ...]:
    """Return the letter and the words of each option that the table shows."""
    names = {dm.id: dm.label for dm in found.conflict.decision_makers}
    shown = list(enumerate(found.conflict.options))[:MOST_OPTIONS]
    return tuple((letter(bit), f"{names[o.dm]}: {o.label}") for bit, o in shown)


def _start(found: Analysis) -> int | None:
    return found.status_quo - 1 if found.status_quo else None


def _ranked(found: Analysis) -> tuple[list[int], list[int]]:
    """Return the outcomes that hold under Nash or SEQ, nearest to the status quo first, and those that hold under others only."""
    start = _start(found)
    base = int(found.space.codes[start]) if start is not None else 0
    worth = {state - 1 for name in BASIC for state in found.equilibria.get(name, ())} - {start}

    def order(state: int) -> tuple[int, int, int]:
        far = (int(found.space.codes[state]) ^ base).bit_count()
        return (-len(holding(found, state)), far, state)

    ranked = sorted(worth, key=order)
    strong = [state for state in ranked if set(STRONG) & set(holding(found, state))]
    return strong, [state for state in ranked if state not in set(strong)]


def table(found: Analysis, swept: Sweep | None) -> tuple[tuple[Row, ...], str]:
    """Return the rows of the table and what it leaves out.

    Parameters
    ----------
    found : Analysis
    swept : Sweep or None
        How often outcomes hold under other orders of the same wishes.
    """
    if found.conflict.states:
        return (), ""
    start = _start(found)
    strong, weak = _ranked(found)
    shown = (strong or weak)[:MOST_ROWS]
    rows = tuple(_row(found, state, start, swept) for state in ([start] if start is not None else []) + shown)
    notes = []
    if len(strong) > len(shown):
        notes.append(f"{len(strong) - len(shown):,} more that hold under SEQ are in the JSON output.")
    left = len(weak) - (0 if strong else len(shown))
    if left:
        what = "1 more holds" if left == 1 else f"{left:,} more hold"
        notes.append(f"{what} under GMR or SMR only; left out here, named in the JSON output.")
    if swept:
        notes.append(
            f"The last column: in how many of {swept.samples:,} random orders of the same wishes it holds under {CONCEPT} "
            f"(95 % interval, seed {swept.how.seed})."
        )
    if len(found.conflict.options) > MOST_OPTIONS:
        notes.append(f"The first {MOST_OPTIONS} of {len(found.conflict.options)} options are shown.")
    return rows, " ".join(notes)


def told(found: Analysis) -> tuple[Line, ...]:
    """Say in words what is done in the outcomes that hold, other than the status quo, and why they hold.

    Parameters
    ----------
    found : Analysis
    """
    if found.conflict.states:
        return ()
    strong, weak = _ranked(found)
    return tuple(
        Line(
            f"{_done(found, state)}. {_means(found, state)}",
            mark="computed",
            lead=f"{outcome_name(found, state)}:",
        )
        for state in (strong or weak)[:MOST_TOLD]
    )


def _means(found: Analysis, state: int) -> str:
    held = holding(found, state)
    return next((MEANS[name] for name in ("Nash", "SEQ") if name in held), MEANS["GMR"])


def outcome_name(found: Analysis, state: int) -> str:
    """Return the letters of what is done in an outcome (a state from 0).

    Parameters
    ----------
    found : Analysis
    state : int
    """
    if state == _start(found):
        return "Status quo"
    return " ".join(letter(bit) for bit in _taken(found, state)) or "Nothing"


def _taken(found: Analysis, state: int) -> list[int]:
    code = int(found.space.codes[state])
    return [bit for bit in range(len(found.conflict.options)) if code >> bit & 1]


def _done(found: Analysis, state: int) -> str:
    """Say who does what in an outcome."""
    parts = []
    for dm in found.conflict.decision_makers:
        mine = [
            option_tag(found.conflict, bit)
            for bit in _taken(found, state)
            if found.conflict.options[bit].dm == dm.id
        ]
        if mine:
            parts.append(f"{dm.label}: {joined(mine)}")
    return "; ".join(parts) or "Nothing is granted and nothing is carried out"


def _row(found: Analysis, state: int, start: int | None, swept: Sweep | None) -> Row:
    taken = set(_taken(found, state))
    shown = min(len(found.conflict.options), MOST_OPTIONS)
    cells = tuple(bit in taken for bit in range(shown))
    holds, title = (
        ", ".join(holding(found, state)),
        f"Outcome {state + 1} of the model: {_done(found, state)}",
    )
    return Row(outcome_name(found, state), cells, holds, state == start, _share(state, swept), title)


def _share(state: int, swept: Sweep | None) -> str:
    if swept is None:
        return ""
    share = swept.shares.get(CONCEPT, {}).get(state)
    if share is None:
        return "0 %"
    return f"{100 * share.hits / share.samples:.0f} % ({100 * share.low:.0f}–{100 * share.high:.0f})"
