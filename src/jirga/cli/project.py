"""Commands of the project file: add, timeline, positions, disputes, events, actors, report, search."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jirga.cli.console import err, out, tell_refused
from jirga.cli.listing import File, Form, Shape, print_rows, tell_orphans
from jirga.cli.startup import import_spacy

if TYPE_CHECKING:
    from jirga.record.project import Filters

__all__ = ["register"]

Since = Annotated[str | None, typer.Option(help="First day, such as 2025-10-01.", show_default=False)]
Until = Annotated[str | None, typer.Option(help="Last day.", show_default=False)]
Actor = Annotated[str | None, typer.Option(help="An actor's id or a part of its name.", show_default=False)]
Type = Annotated[str | None, typer.Option("--type", help="A PLOVER event type.", show_default=False)]
FOUND_AT_ONCE = 200  # rows of a search that a person is not overwhelmed by
HELP = {
    "timeline": "Print dated events, in the order they happened.",
    "disputes": "Print where accounts differ.",
    "events": "Print all events.",
    "actors": "Print the parties and what they are called.",
    "report": "Print the reports.",
    "commitments": "Print what the sides promised or agreed to, and reported breaches.",
    "threats": "Print what the sides threaten, or are told to be doing.",
    "mediators": "Print who mediates, and what each did.",
    "factions": "Print parts of a party, and division inside one.",
}


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command()(add)
    app.command()(reread)
    for name, told in HELP.items():
        app.command(name, help=told)(_listing(name))
    app.command()(positions)
    app.command()(search)
    app.command()(show)


def add(
    paths: Annotated[list[str], typer.Argument(help="Reports, as for brief.", show_default=False)],
    project: File,
    pipeline: Annotated[
        str | None, typer.Option(help="An installed spaCy pipeline.", show_default=False)
    ] = None,
) -> None:
    """Bring reports into a project file; what is there already is passed over."""
    import_spacy(checks=pipeline is not None)  # before the reading does
    from jirga.reading.reader import DefaultReader
    from jirga.record.project import Project, is_url
    from jirga.reports.load import all_refused

    reader = DefaultReader(pipeline)
    if not is_url(project) and not Path(project).exists():
        refused = all_refused(paths)
        if refused is not None:  # nothing comes in, so no file is left behind either
            tell_refused(refused)
            err.print("Nothing was read, and no project was made.", highlight=False)
            raise typer.Exit(1)
    with Project(project, create=True) as held:
        done = held.add(paths, reader.read)
        tell_orphans(held)
    tell_refused(done.refused)
    err.print(
        f"{done.new} new ({done.replaced} of them newer versions), {done.known} known, {len(done.refused)} not read; "
        f"{done.statements} new statements.",
        highlight=False,
    )
    out.print(held.name if is_url(project) else str(Path(project).resolve()), highlight=False, markup=False)
    if done.refused and not done.new and not done.known:
        raise typer.Exit(1)


def reread(
    project: File,
    pipeline: Annotated[
        str | None, typer.Option(help="An installed spaCy pipeline.", show_default=False)
    ] = None,
) -> None:
    """Read all kept reports again with this version's reader; people's work stays."""
    import_spacy(checks=pipeline is not None)
    from jirga.reading.reader import DefaultReader
    from jirga.record.project import Project
    from jirga.record.project import reread as read_again

    with Project(project) as held:
        done = read_again(held, DefaultReader(pipeline).read)
        tell_orphans(held)
    tell_refused(done.refused)
    err.print(
        f"{done.reports} read again; statements: {done.same} as they were, {done.new} new, {done.gone} gone.",
        highlight=False,
    )


def search(
    words: Annotated[list[str], typer.Argument(help="Words that a quote must hold.", show_default=False)],
    project: File,
    form: Shape = Form.TABLE,
    since: Since = None,
    until: Until = None,
    actor: Actor = None,
    event_type: Type = None,
    limit: Annotated[int, typer.Option(min=0, help="At most so many rows; 0 for all.")] = FOUND_AT_ONCE,
    offset: Annotated[int, typer.Option(min=0, help="Leave out so many rows first.")] = 0,
) -> None:
    """Print statements whose quotes hold all the words."""
    from jirga.record.project import Filters, Project
    from jirga.record.project import search as find

    asked = Filters(since, until, actor, event_type, limit, offset)
    with Project(project) as held:
        rows = find(held, " ".join(words), asked)
        print_rows(rows, form)
        if limit and len(rows) == limit:
            err.print(
                f"These are {limit}; there may be more: --offset {offset + limit} gives the next, --limit 0 all.",
                highlight=False,
            )
        tell_orphans(held)


def positions(
    project: File,
    form: Shape = Form.TABLE,
    since: Since = None,
    until: Until = None,
    actor: Actor = None,
    event_type: Type = None,
    as_of: Annotated[str | None, typer.Option(help="As they stood on this day.", show_default=False)] = None,
    limit: Annotated[int, typer.Option(min=0, help="At most so many demands; 0 for all.")] = 0,
    offset: Annotated[int, typer.Option(min=0, help="Leave out so many demands first.")] = 0,
) -> None:
    """Print who demands what of whom, and step by step what became of it."""
    from jirga.record.project import Filters

    _print("positions", project, form, Filters(since, until, actor, event_type, limit, offset, as_of))


def show(
    ident: Annotated[str, typer.Argument(help="An id, or the begin of one.", show_default=False)],
    project: File,
    form: Shape = Form.TABLE,
) -> None:
    """Open an event, a demand, a dispute, a report or a party: every statement behind it, and where they differ."""
    from jirga.record.project import Filters, Project, opened, rows_of

    with Project(project) as held:
        found = opened(held, ident)
        if form is Form.TABLE:
            out.print(f"{found.kind} {found.id}: {found.words}", highlight=False, markup=False)
        print_rows(found.rows, form)
        if form is Form.TABLE and found.kind in ("event", "position"):
            apart = [row for row in rows_of(held, "disputes", Filters()) if row["about"] == found.id]
            if apart:
                from jirga.cli.dispute_rows import readable  # the brief's words cost a second

                out.print("\nAccounts differ on:", highlight=False)
                print_rows(readable(apart), form)
        tell_orphans(held)


def _listing(kind: str) -> Callable[..., None]:
    def listing(
        project: File,
        form: Shape = Form.TABLE,
        since: Since = None,
        until: Until = None,
        actor: Actor = None,
        event_type: Type = None,
        limit: Annotated[int, typer.Option(min=0, help="At most so many rows; 0 for all.")] = 0,
        offset: Annotated[int, typer.Option(min=0, help="Leave out so many rows first.")] = 0,
    ) -> None:
        from jirga.record.project import Filters

        _print(kind, project, form, Filters(since, until, actor, event_type, limit, offset))

    return listing


def _print(kind: str, project: str, form: Form, asked: Filters) -> None:
    from jirga.record.project import FOUND, Project, found_rows, rows_of

    with Project(project) as held:
        rows = found_rows(held, kind, asked) if kind in FOUND else rows_of(held, kind, asked)
        if kind == "disputes" and form is Form.TABLE:
            from jirga.cli.dispute_rows import readable

            rows = readable(rows)
        print_rows(rows, form)
        tell_orphans(held)
