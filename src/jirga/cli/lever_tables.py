"""What `jirga levers` and `jirga sweep` print for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from jirga.cli.console import out
from jirga.cli.model_tables import PRINTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jirga.conflict.types import Conflict
    from jirga.stability.inverse import Inverse
    from jirga.stability.lever_types import Lever, Levers
    from jirga.stability.sweep import Sweep

__all__ = ["print_conditions", "print_levers", "print_sweep"]

MOST_PAIRS = 12  # pairs of outcomes in another order that a person may want to see
FEW = 5  # levers under each concept when several concepts are asked for


def print_levers(conflict: Conflict, found: Levers) -> None:
    """Print the smallest changes, a numbered line each, and how far the search went."""
    from jirga.brief.lever_words import GLOSS, scan_words
    from jirga.brief.names import letter

    alone = len(found.levers) == 1
    if not conflict.states:
        labels = {maker.id: maker.label for maker in conflict.decision_makers}
        for bit, option in enumerate(conflict.options):
            out.print(Text(f"{letter(bit)} {labels[option.dm]}: {option.label}", style="dim"))
    for concept in found.levers:
        out.print(Text(f"{concept}: {GLOSS[concept]}", style="bold"))
        if found.at_least.get(concept) == 0:
            out.print(Text(f"  {_already(found, concept)}"))
            continue
        out.print(Text(f"  {_now(conflict, found, concept)}"))
        worth = _worth(found.levers[concept])
        shown = worth if alone else worth[:FEW]
        for number, lever in enumerate(shown, 1):
            out.print(Text(f"  {number:2}. {_sentence(conflict, lever)}"))
        if len(shown) < len(worth):
            rest = len(worth) - len(shown)
            out.print(Text(f"      {rest} more: ask for --concept {concept} alone.", style="dim"))
        if alone or not shown:
            out.print(Text("  What was searched:", style="dim"))
            for scan in found.searches.get(concept, ()):
                out.print(Text(f"  - {scan_words(scan)}", style="dim"))
    state = (
        "The search was finished." if found.finished else "The time ran out; there may be more (--seconds)."
    )
    out.print(Text(f"{state} Model {found.how.model_hash}.", style="dim"))


def _worth(found: Sequence[Lever]) -> list[Lever]:
    """Leave out rankings in which many outcomes change their places, unless there is nothing else to tell."""
    few = [one for one in found if sum(c.size for c in one.changes if c.kind == "ranking") <= MOST_PAIRS]
    return few or list(found[:1])


def _already(found: Levers, concept: str) -> str:
    if found.avoid:
        return f"“{found.want}” holds nowhere now, so nothing has to change."
    return f"“{found.want}” holds now, so nothing has to change ({_states(found.holds[concept])})."


def _now(conflict: Conflict, found: Levers, concept: str) -> str:
    """Say why something has to change, and how much at the least."""
    from jirga.brief.lever_words import outcome_words
    from jirga.brief.words import joined

    labels = {maker.id: maker.label for maker in conflict.decision_makers}
    least = found.at_least[concept]
    count = "" if least < 2 else f" One change is not enough; it takes {least} at the least."
    none = "" if found.levers[concept] else " Nothing was found that would do."
    end = f"{count}{none or (' Each of these alone would do:' if least < 2 else ' Each of these would do:')}"
    if found.avoid:
        return f"“{found.want}” holds now at {_states(found.holds[concept])}.{end}"
    word, leavers = next(iter(found.blocked_by[concept].items()), ("", ()))
    who = joined([labels.get(dm, dm) for dm in leavers])
    return f"“{found.want}” does not hold now: {who} would leave {outcome_words(conflict, word)}.{end}"


def _sentence(conflict: Conflict, lever: Lever) -> str:
    from jirga.brief.lever_words import lever_words

    told = "; and ".join(lever_words(conflict, lever.changes))
    way = {
        True: " (the sides’ own moves lead there)",
        False: " (the sides’ own moves do not lead there)",
        None: "",
    }
    if lever.arrives is None and not lever.states:
        return f"{told[0].upper()}{told[1:]}."
    return f"{told[0].upper()}{told[1:]} → {_states(lever.states)}{way[lever.arrives]}."


def _states(states: Sequence[int]) -> str:
    shown = ", ".join(str(state + 1) for state in states[:FEW])
    more = f" and {len(states) - FEW} more" if len(states) > FEW else ""
    return f"{'state' if len(states) == 1 else 'states'} {shown}{more}"


def print_conditions(conflict: Conflict, words: Sequence[str], found: Sequence[Inverse]) -> None:
    """Print for each state and decision maker the exact condition on its ranking."""
    from jirga.brief.lever_words import condition_words

    for one in found:
        out.print(Text(f"Exactly when state {one.state + 1} holds under {one.concept}", style="bold"))
        for maker in one.dms:
            for line in condition_words(conflict, one, words, maker):
                out.print(Text(f"  {line}"))
        out.print(Text(f"  {_profiles(one)}", style="dim"))


def _profiles(one: Inverse) -> str:
    from jirga.stability.how import Share

    share = one.profile_share
    if one.profiles is not None:
        return f"Of all rankings of all sides together {one.profiles:,} make it hold (counted)."
    if not isinstance(share, Share):
        return (
            "How many rankings of all sides together make it hold was not counted: there are too many states."
        )
    return f"Of all rankings of all sides together about {share.value:.1%} make it hold ({share.low:.1%} to {share.high:.1%})."


def print_sweep(conflict: Conflict, found: Sweep) -> None:
    """Print how often states hold, and what decides."""
    from jirga.brief.lever_words import SWEEP_GLOSS, decider_words
    from jirga.conflict.states import feasible

    space = feasible(conflict)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("concept", "state", "word", "holds", "95 % interval", "as given", "depends most on"):
        table.add_column(title, overflow="fold")
    for concept, rows in found.shares.items():
        for state, share in sorted(rows.items(), key=lambda row: -row[1].hits)[:PRINTED]:
            decider = found.deciders[concept].get(state)
            told = decider_words(decider, space.word) if decider else ""
            table.add_row(
                concept,
                str(state + 1),
                Text(space.word(state)),
                f"{share.value:.1%}",
                f"{share.low:.1%} to {share.high:.1%}",
                "yes" if state in found.base[concept] else "",
                Text(told),
            )
    out.print(table)
    for concept, share in found.wanted.items():
        decider = found.wanted_decider.get(concept)
        most = f"; it depends most on {decider_words(decider, space.word)}" if decider else ""
        out.print(
            Text(
                f"{concept}: what is wanted holds in {share.value:.1%} ({share.low:.1%} to {share.high:.1%}){most}"
            )
        )
    out.print(Text(f"{SWEEP_GLOSS[found.vary]} {SWEEP_GLOSS['decides']}"))
    how = found.how
    out.print(
        Text(
            f"Sampled: {found.samples:,} draws of {found.vary}, seed {how.seed}, model {how.model_hash}.",
            style="dim",
        )
    )
