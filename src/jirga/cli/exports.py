"""Commands that take things out of a project file: export, diff, codebook."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jirga.cli.console import out, write_whole
from jirga.cli.listing import File, Form, Shape, print_rows, tell_orphans
from jirga.errors import UsageError

if TYPE_CHECKING:
    from jirga.record.project import Difference
    from jirga.record.types import Dispute, Record

__all__ = ["register"]


SHORT = 60  # signs of a quote in the headline of a diff
NAMED = 3  # disputes that it names


class Page(StrEnum):
    """How the codebook is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    DATASETTE = "datasette"


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command()(export)
    app.command()(diff)
    app.command()(codebook)


def export(
    project: File,
    form: Annotated[
        str,
        typer.Option(
            "--as",
            help="annotations, bibtex, csv, geojson, gexf, graphml, ics, jsonl, parquet, plover, reports, timelinejs.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Where it goes, if not to standard output.", show_default=False),
    ] = None,
    full_text: Annotated[
        bool,
        typer.Option("--full-text", help="Let whole sentences and reports leave, not only short quotes."),
    ] = False,
) -> None:
    """Write the record in a format of other tools."""
    from jirga.record.export import FORMATS
    from jirga.record.export import export as write
    from jirga.record.project import Project

    if form not in FORMATS:
        raise UsageError(f"There is no format “{form}”. Choose one of: {', '.join(FORMATS)}.")
    if output is None and form == "parquet" and sys.stdout.isatty():
        raise UsageError("Parquet is no text. Name a file with -o.")
    with Project(project) as held:
        made = write(held.record(), form, full_text=full_text)
        tell_orphans(held)
    if output is None:
        sys.stdout.buffer.write(made)
        return
    write_whole(output, made)
    out.print(str(output.resolve()), highlight=False, markup=False)


def diff(
    project: File,
    since: Annotated[
        str,
        typer.Option(help="Day or time, such as 2025-10-01 or 2025-10-01T12:30, UTC.", show_default=False),
    ],
    form: Shape = Form.TABLE,
) -> None:
    """Print what came into the record since a time, what was withdrawn, and what that changed."""
    from jirga.record.project import Project, compare

    moment = _moment(since)
    with Project(project) as held:
        change = compare(held.record(before=moment), held.record())
        tell_orphans(held)
    rows = list(_changes(change))
    if form is Form.TABLE:
        out.print(headline(change), highlight=False, markup=False)
    if rows or form is not Form.TABLE:
        print_rows(rows, form)


def codebook(
    form: Annotated[
        Page, typer.Option("--format", help="How it is printed; as a metadata file for Datasette, too.")
    ] = Page.TABLE,
    project: Annotated[
        Path, typer.Option("-p", "--project", help="The project file that Datasette shows.")
    ] = Path("talks.db"),
) -> None:
    """Print what every column of a project file means."""
    from jirga.record.project import codebook as columns
    from jirga.record.project import codebook_for_datasette, codebook_markdown

    if form is Page.MARKDOWN:
        sys.stdout.write(codebook_markdown())
    elif form is Page.DATASETTE:
        told = codebook_for_datasette(project.stem)
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    else:
        rows = columns()
        if form is Page.TABLE:  # a narrow window has no room for one more column that is mostly empty
            rows = [
                {
                    "table": row["table"], "column": row["column"], "meaning": row["meaning"],
                    "type": " → ".join(filter(None, (row["type"], row["refers_to"]))),
                }
                for row in rows
            ]  # fmt: skip
        print_rows(rows, Form(form.value))


def _moment(told: str) -> str:
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        raise UsageError(f"“{told}” is no day or time. Write it as 2025-10-01 or 2025-10-01T12:30.") from None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat(timespec="seconds")


def headline(change: Difference) -> str:
    """Return what changed, in one line: “+4 statements, 1 withdrawn, 1 new event; now disputed: “...””."""
    parts = [_count(len(change.statements), "statement", "+")] if change.statements else []
    if change.withdrawn:
        parts.append(f"{len(change.withdrawn)} withdrawn")
    exact = sum(d.refines for d in change.disputes)
    for several, word in (
        (change.reports, "new report"), (change.reports_gone, "report replaced"), (change.events, "new event"),
        (change.positions, "new demand"), (change.answers, "new answer"),
    ):  # fmt: skip
        if several:
            parts.append(_count(len(several), word))
    if exact:
        parts.append(f"{exact} told more exactly")
    told = [", ".join(parts)] if parts else []
    now, then = _disputed(change.disputes, change.after), _disputed(change.settled, change.before)
    still = _disputed(change.after.disputes, change.after)
    told += [f"now disputed: {_named(now)}"] if now else []
    over = [words for words in then if words not in still]
    told += [f"no longer disputed: {_named(over)}"] if over else []
    return f"{'; '.join(told)}." if told else "Nothing has changed since."


def _disputed(several: Sequence[Dispute], record: Record) -> list[str]:
    """Return what people call that which is in dispute, each once."""
    labels = _labels(record)
    return list(dict.fromkeys(labels.get(d.event or "", d.subject) for d in several if not d.refines))


def _named(several: Sequence[str]) -> str:
    shown = [f"“{words if len(words) <= SHORT else words[: SHORT - 1] + '…'}”" for words in several[:NAMED]]
    more = len(several) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _count(number: int, word: str, sign: str = "") -> str:
    first, _, rest = word.partition(" ")
    if number != 1:
        word = f"{word}s" if first == "new" or not rest else f"{first}s {rest}"
    return f"{sign}{number} {word}"


def _changes(change: Difference) -> Iterator[dict[str, Any]]:
    for report in change.reports:
        yield _line("new", "report", report.id, report.title or report.name)
    for report in change.reports_gone:
        yield _line("replaced", "report", report.id, report.title or report.name)
    for s in change.withdrawn:
        why = "withdrawn, its report was replaced" if change.replaced(s) else "withdrawn"
        yield _line(why, "statement", s.id, s.quote)
    for event in change.events:
        yield _line("new", "event", event.id, event.label)
    for event, more in change.further:
        yield _line(_count(more, "further statement"), "event", event.id, event.label)
    for event in change.events_gone:
        yield _line("no longer told", "event", event.id, event.label)
    yield from _demands(change)
    now, then = _labels(change.after), _labels(change.before)
    for dispute in change.disputes:
        word = "now told more exactly" if dispute.refines else "now disputed"
        about = now.get(dispute.event or "", dispute.subject)
        yield _line(f"{word} ({dispute.aspect})", "dispute", dispute.id, about)
    for dispute in change.settled:
        about = then.get(dispute.event or "", dispute.subject)
        yield _line(f"no longer disputed ({dispute.aspect})", "dispute", dispute.id, about)


def _demands(change: Difference) -> Iterator[dict[str, Any]]:
    names = {party.id: party.name for party in change.after.parties}
    for position in change.positions:
        who = names.get(position.demander, position.demander)
        yield _line("new", "demand", position.id, f"{who}: {position.demand}")
    for position, answer in change.answers:
        by = f" by {names.get(answer.by, answer.by)}" if answer.by else ""
        yield _line(f"new answer ({answer.kind}){by}", "demand", position.id, position.demand)
    for position, old in change.states:
        yield _line(f"was {old}, is now {position.state}", "demand", position.id, position.demand)


def _line(what: str, kind: str, ident: str, words: str) -> dict[str, Any]:
    return {"change": what, "what": kind, "words": " ".join(words.split()), "id": ident}


def _labels(record: Record) -> dict[str, str]:
    """Return what people call an event or a demand, by its id."""
    return {e.id: e.label for e in record.events} | {p.id: p.demand for p in record.positions}
