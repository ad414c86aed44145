"""Commands that begin with a conflict file: analyse, levers, sweep, demo."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from jirga.cli.console import err, meter, out, write_whole
from jirga.cli.lever_tables import print_conditions, print_levers, print_sweep
from jirga.cli.model_tables import PRINTED, print_reasons, print_states, print_walk, reasons
from jirga.errors import TooLargeError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jirga.conflict.types import Conflict
    from jirga.stability.analysis import Analysis
    from jirga.stability.door import Engine
    from jirga.stability.symbolic import SymbolicStability

__all__ = ["register"]

EXAMPLE = Path("examples/istanbul-2025/reports")

File = Annotated[
    Path,
    typer.Argument(
        help="A conflict file (YAML or .gmcr), or the name of a built-in conflict.", show_default=False
    ),
]
Concepts = Annotated[
    str | None,
    typer.Option(
        help="Concepts, with commas: Nash,GMR,SMR,SEQ,SSEQ,SIM,SEQ+SIM,L2,NM,MR2.", show_default=False
    ),
]


class Format(StrEnum):
    """How results are printed."""

    TABLE = "table"
    JSON = "json"


class DemoFormat(StrEnum):
    """How `demo` prints."""

    TABLE = "table"
    JSON = "json"
    YAML = "yaml"


class EngineName(StrEnum):
    """Which algorithm works it out."""

    AUTO = "auto"
    PLAIN = "plain"
    FAST = "fast"
    SYMBOLIC = "symbolic"


ENGINES: dict[EngineName, Engine] = {
    EngineName.AUTO: "auto",
    EngineName.PLAIN: "plain",
    EngineName.FAST: "fast",
    EngineName.SYMBOLIC: "symbolic",
}


class Workers(StrEnum):
    """Who draws the samples."""

    NONE = "none"
    PROCESSES = "processes"
    RAY = "ray"


class Vary(StrEnum):
    """What a sweep varies."""

    ORDERS = "orders"
    UNKNOWN = "unknown"
    SWAPS = "swaps"
    WEIGHTS = "weights"


AsTable = Annotated[Format, typer.Option("--format", help="A table for people, or JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command()(analyse)
    app.command()(levers)
    app.command()(sweep)
    app.command()(demo)


def analyse(
    file: File,
    form: AsTable = Format.TABLE,
    concepts: Concepts = None,
    coalition: Annotated[
        str | None,
        typer.Option(
            help="Decision makers who move together: “1,2” or names, “all”, or a partition “[1,2],3”.",
            show_default=False,
        ),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(help="Say why this state (number, word or name) holds or not.", show_default=False),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option("--from", help="Say where improvements lead from this state.", show_default=False),
    ] = None,
    engine: Annotated[EngineName, typer.Option(help="Which algorithm; all are exact.")] = EngineName.AUTO,
    svg: Annotated[
        Path | None, typer.Option(help="Draw the state graph into this file.", show_default=False)
    ] = None,
) -> None:
    """Work out which states hold, for whom, and why."""
    conflict = _load(file)
    wanted = [name.strip() for name in concepts.split(",") if name.strip()] if concepts else None
    lists_states = bool(coalition or explain or start or svg)
    from jirga.stability.analysis import Analysis
    from jirga.stability.analysis import analyse as analyse_conflict

    found: Analysis | SymbolicStability
    try:
        found = analyse_conflict(conflict, wanted, ENGINES[engine], coalition)
    except TooLargeError as error:
        if engine is not EngineName.AUTO or lists_states:
            raise
        err.print(Text(f"{error} The symbolic engine takes over.", style="yellow"))
        found = analyse_conflict(conflict, wanted, "symbolic")
    if not isinstance(found, Analysis):
        if lists_states:
            raise TooLargeError(
                f"The model has {found.states:,} states, too many to list: leave out --coalition, --explain, "
                "--from and --svg."
            )
        _unlisted(found, form)
        return
    _analysed(found, form, explain, start)
    if svg is not None:
        write_whole(svg, (found.svg() or "") + "\n")


def levers(
    file: File,
    want: Annotated[
        str,
        typer.Option(
            help="A statement, a pattern, a Y/N word, a state’s name or number.", show_default=False
        ),
    ],
    concept: Annotated[
        str | None,
        typer.Option(help="Nash, GMR, SMR, SEQ or SSEQ; without it the four basic ones.", show_default=False),
    ] = None,
    avoid: Annotated[bool, typer.Option("--avoid", help="Make it fail instead of hold.")] = False,
    seconds: Annotated[float, typer.Option(help="Stop the search after this time.", min=0.1)] = 10.0,
    exact: Annotated[
        bool, typer.Option("--exact", help="Tell also on which rankings it depends, exactly.")
    ] = False,
    form: AsTable = Format.TABLE,
) -> None:
    """Find the smallest changes that make an outcome hold, or fail."""
    from jirga.stability.inverse import inverses
    from jirga.stability.levers import levers as find_levers
    from jirga.stability.types import BASIC

    conflict = _load(file)
    named = tuple(name.strip() for name in concept.split(",")) if concept else BASIC
    found = find_levers(conflict, want, concepts=named, avoid=avoid, limit_s=seconds)
    conditions = inverses(conflict, found.wanted, named) if exact else ()
    if form is Format.JSON:
        asked = {"conditions": [one.to_json() for one in conditions]} if exact else {}
        _json(found.to_json() | asked)
        return
    print_levers(conflict, found)
    if conditions:
        from jirga.conflict.states import feasible

        space = feasible(conflict)
        print_conditions(conflict, [space.word(state) for state in range(space.m)], conditions)


def sweep(
    file: File,
    samples: Annotated[int, typer.Option(help="How many preference profiles to draw.", min=1)] = 10_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same result.", min=0)] = 0,
    vary: Annotated[Vary, typer.Option(help="What is drawn at random.")] = Vary.ORDERS,
    want: Annotated[
        str | None, typer.Option(help="Count how often a state where this is true holds.", show_default=False)
    ] = None,
    workers: Annotated[Workers, typer.Option(help="Who draws.")] = Workers.NONE,
    concepts: Concepts = None,
    form: AsTable = Format.TABLE,
) -> None:
    """Say how far the result depends on preferences that are not known."""
    from jirga.stability.sweep import SweepOptions
    from jirga.stability.sweep import sweep as run_sweep
    from jirga.stability.types import BASIC

    conflict = _load(file)
    named = tuple(name.strip() for name in concepts.split(",")) if concepts else BASIC
    options = SweepOptions(
        vary=vary.value, samples=samples, seed=seed, concepts=named, want=want, workers=workers.value
    )
    with meter(samples, "Drawing", lines=True) as bar:
        found = run_sweep(conflict, options, bar.step)
    if form is Format.JSON:
        _json(found.to_json())
    else:
        print_sweep(conflict, found)


def demo(
    name: Annotated[
        str | None,
        typer.Argument(help="A built-in conflict; without it the example brief.", show_default=False),
    ] = None,
    form: Annotated[
        DemoFormat, typer.Option("--format", help="A table, JSON, or the conflict file itself.")
    ] = DemoFormat.TABLE,
) -> None:
    """Show the example brief, or analyse a classic conflict of the literature."""
    from jirga.conflict.classics import classic, classic_names, classic_text

    if name is None:
        folder = next(
            (base / EXAMPLE for base in (Path.cwd(), *Path(__file__).parents) if (base / EXAMPLE).is_dir()),
            None,
        )
        if folder is None:
            raise UsageError(
                f"The example reports are not here. Name a conflict: {', '.join(classic_names())}."
            )
        from jirga.cli.reports import brief

        brief([str(folder)])
    elif form is DemoFormat.YAML:
        sys.stdout.write(classic_text(name))
    else:
        from jirga.stability.analysis import analyse as analyse_conflict

        found = analyse_conflict(classic(name))
        explained = str(found.status_quo) if found.status_quo else None
        _analysed(found, Format(form.value), explained if form is DemoFormat.TABLE else None, None)


def _load(file: Path) -> Conflict:
    from jirga.conflict.classics import classic, classic_names
    from jirga.conflict.load import load

    if not file.exists() and str(file) in classic_names():
        return classic(str(file))
    return load(file)


def _json(data: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")


def _one(found: Analysis, text: str) -> int:
    """Return the number (from 1) of the one state that a text names."""
    states = found.find(text)
    if len(states) != 1:
        shown = ", ".join(map(str, states[:PRINTED])) or "none"
        raise UsageError(f"“{text}” names {len(states)} states ({shown}); name one by number, word or name.")
    return states[0]


def _analysed(found: Analysis, form: Format, explain: str | None, start: str | None) -> None:
    from jirga.stability.types import CONCEPTS

    state = None if explain is None else _one(found, explain)
    walk = None if start is None else found.evolve(_one(found, start))
    asked = [name for name in found.concepts if name in CONCEPTS]
    verdicts = {} if state is None else {name: found.explain(state, name) for name in asked}
    if form is Format.JSON:
        data = found.to_json()
        if state is not None:
            data["explain"] = {
                "state": state,
                "concepts": {name: reasons(found, v) for name, v in verdicts.items()},
            }
        if walk is not None:
            data["evolution"] = walk.to_json()
        _json(data)
        return
    print_states(found)
    if state is not None:
        shown = "SEQ" if "SEQ" in verdicts else next(iter(verdicts), None)
        if shown is None:
            raise UsageError(
                f"Reasons are given for {', '.join(CONCEPTS)}; ask for one of these with --concepts."
            )
        print_reasons(found, state, shown, verdicts[shown])
    if walk is not None:
        print_walk(found, walk)


def _unlisted(found: SymbolicStability, form: Format) -> None:
    """Print counts and patterns where states cannot be listed."""
    if form is Format.JSON:
        _json(found.to_json())
        return
    out.print(Text(f"{found.conflict.name}: {found.states:,} states, none of them listed.", style="bold"))
    for concept in found.concepts:
        patterns = found.patterns(concept, most=5)
        told = ", ".join(patterns) or "none"
        out.print(Text(f"{concept} equilibria: {found.count(concept):,}, such as {told}"))
    out.print(Text(f"Exact; engine symbolic, model {found.how.model_hash}.", style="dim"))
