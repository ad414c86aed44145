"""What the commands on conflict files print for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from jirga.cli.console import out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jirga.stability.analysis import Analysis
    from jirga.stability.evolution import Evolution
    from jirga.stability.types import Verdict

__all__ = ["PRINTED", "print_reasons", "print_states", "print_walk", "reasons"]

PRINTED = 20  # lines of a list that a person reads; the JSON output has all
RICHER = {
    "strength": "strength of preference (general, and strong sanctions only)",
    "unknown": "preferences that are not known (forms a to d)",
    "fuzzy": "fuzzy preferences",
    "probability": "probable preferences (alpha, beta and gamma 0.5)",
    "attitudes": "attitudes",
    "perceives": "what each decision maker sees",
}


def reasons(found: Analysis, verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """Return verdicts as plain JSON values, each with its sentence."""
    from jirga.brief.outcomes import reason
    from jirga.stability.types import Stable

    rows = []
    for verdict in verdicts:
        stable = isinstance(verdict, Stable)
        row: dict[str, Any] = {
            "dm": found.game.dms[verdict.dm],
            "stable": stable,
            "why": reason(found, verdict),
        }
        if isinstance(verdict, Stable):
            row["sanctions"] = [
                {
                    "improvement": sanction.improvement + 1,
                    "path": [{"dm": found.game.dms[step.dm], "to": step.state + 1} for step in sanction.path],
                    "end": sanction.end + 1,
                }
                for sanction in verdict.sanctions
            ]
        else:
            row["improvement"] = verdict.improvement + 1
            row["unsanctioned"] = [state + 1 for state in verdict.unsanctioned]
        rows.append(row)
    return rows


def print_states(found: Analysis) -> None:
    """Print the table of states, the equilibria and what else was analysed."""
    from jirga.brief.names import letter

    out.print(Text(f"{found.conflict.name}: {found.space.m:,} states", style="bold"))
    for at, dm in enumerate(found.conflict.decision_makers, 1):
        own = [
            f"{letter(bit)} {option.id}"
            for bit, option in enumerate(found.conflict.options)
            if option.dm == dm.id
        ]
        out.print(Text(f"{at} {dm.label}: {', '.join(own)}".rstrip(": ")))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("state", "word", "taken", *found.concepts):
        table.add_column(title, overflow="fold")
    rows = found.rows()
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    out.print(table)
    for concept, states in found.equilibria.items():
        shown = ", ".join(map(str, states[:PRINTED])) or "none"
        more = f" and {len(states) - PRINTED:,} more" if len(states) > PRINTED else ""
        out.print(Text(f"{concept} equilibria: {shown}{more}"))
    _print_more(found)
    star = "* status quo. " if found.status_quo else ""
    left = f"{len(rows)} of {found.space.m:,} states are shown. " if len(rows) < found.space.m else ""
    told = f"{star}{left}Exact; engine {found.engine}, model {found.model_hash}."
    out.print(Text(told, style="dim"))


def _print_more(found: Analysis) -> None:
    """Print coalitions and richer preferences, where there are any."""
    if found.together is not None:
        cells = " | ".join(" + ".join(cell) for cell in found.together.cells)
        out.print(Text(f"Moving together ({found.together.form}) {cells}".rstrip(), style="bold"))
        for concept, states in found.together.stable.items():
            out.print(Text(f"{concept}: {', '.join(map(str, states[:PRINTED])) or 'none'}"))
        if found.together.improvements is not None:
            gains = ", ".join(map(str, found.together.improvements[:PRINTED])) or "nowhere"
            out.print(Text(f"From the status quo they would go together to: {gains}"))
    for key, forms in found.richer.items():
        out.print(Text(f"With {RICHER[key]}", style="bold"))
        for form, data in forms.items():
            told = "; ".join(
                f"{c}: {', '.join(map(str, s)) or 'none'}" for c, s in data["equilibria"].items()
            )
            out.print(Text(f"{form}: {told or data.get('why_not', '')}"))


def print_reasons(found: Analysis, state: int, concept: str, verdicts: Sequence[Verdict]) -> None:
    """Print why a state (from 1) holds or not, a line for each decision maker."""
    from jirga.brief.outcomes import reason

    held = state in found.equilibria[concept]
    out.print(
        Text(
            f"State {state} ({found.name(state)}) {'holds' if held else 'does not hold'} under {concept}:",
            style="bold",
        )
    )
    for verdict in verdicts:
        label = found.conflict.decision_makers[verdict.dm].label
        out.print(Text(f"- {label}: {reason(found, verdict)}"))


def print_walk(found: Analysis, walk: Evolution) -> None:
    """Print where improvements lead."""
    out.print(
        Text(
            f"Improvements from state {walk.start + 1} reach {len(walk.states) - 1} other states:",
            style="bold",
        )
    )
    for state in sorted(walk.states, key=lambda s: (walk.distance[s], s))[1 : PRINTED + 1]:
        steps = ", ".join(f"{found.game.dms[step.dm]} to {step.state + 1}" for step in walk.paths[state])
        end = " (nobody wants to leave)" if state in walk.ends() else ""
        out.print(Text(f"- {state + 1} {found.space.word(state)}: {steps}{end}"))
