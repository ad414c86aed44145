"""Commands for people's work on a record: note, accept, reject, merge, split, edit, own-origin, undo, work; origins."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from jirga.cli.console import err, out
from jirga.cli.listing import BEGIN, File, Form, Shape, print_rows, tell_orphans
from jirga.errors import UsageError

__all__ = ["register"]

Id = Annotated[str, typer.Argument(help="An id, or the begin of one.", show_default=False)]
Who = Annotated[str | None, typer.Option("--who", help="Who decides; you, by default.", show_default=False)]
Reason = Annotated[str, typer.Option("--why", help="The reason, to be kept.", show_default=False)]


DONE = {
    "note": "Noted on",
    "accept": "Accepted:",
    "reject": "Left out:",
    "edit": "Coded otherwise:",
    "own": "An origin of its own:",
}


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    for command in (note, accept, reject, merge, split, edit, undo, work, origins):
        app.command()(command)
    app.command("own-origin")(own_origin)


def note(
    ident: Id,
    words: Annotated[list[str], typer.Argument(help="The note.", show_default=False)],
    project: File,
    who: Who = None,
) -> None:
    """Keep a note on a statement, event, position, dispute, report or party."""
    _enter(project, "note", ident, " ".join(words), who)


def accept(ident: Id, project: File, why: Reason = "", who: Who = None) -> None:
    """Mark something as checked and right."""
    _enter(project, "accept", ident, why, who)


def reject(ident: Id, project: File, why: Reason = "", who: Who = None) -> None:
    """Leave something out of the record; its evidence stays in the file."""
    _enter(project, "reject", ident, why, who)


def edit(
    ident: Id,
    project: File,
    event_type: Annotated[
        str | None, typer.Option("--type", help="PLOVER event type.", show_default=False)
    ] = None,
    mode: Annotated[str | None, typer.Option(help="PLOVER mode; empty for none.", show_default=False)] = None,
    polarity: Annotated[str | None, typer.Option(help="positive or negative.", show_default=False)] = None,
    modality: Annotated[
        str | None, typer.Option(help="asserted, future, conditional, hypothetical.", show_default=False)
    ] = None,
    why: Reason = "",
    who: Who = None,
) -> None:
    """Code a statement otherwise; its words stay as they are."""
    given = {"type": event_type, "mode": mode, "polarity": polarity, "modality": modality}
    _enter(project, "edit", ident, why, who, {key: told for key, told in given.items() if told is not None})


def merge(one: Id, other: Id, project: File, why: Reason = "", who: Who = None) -> None:
    """Make two events one."""
    from jirga.record.project import Project, enter, find, statements_behind

    with Project(project) as held:
        with held.editing() as connection:
            targets = [find(connection, ident) for ident in (one, other)]
            for kind, ident in targets:
                if kind != "event":
                    raise UsageError(
                        f"{kind} {ident} is no event; only events can be merged. See: jirga events -p FILE"
                    )
            if targets[0] == targets[1]:
                raise UsageError("These are one event already.")
            leading = [statements_behind(connection, *target)[0] for target in targets]
            number = enter(connection, "merge", targets[0], who=_who(who), words=why, statements=leading)
        _told(number)
        tell_orphans(held)


def split(
    ident: Id,
    statements: Annotated[
        list[str], typer.Argument(help="Statements that leave it together.", show_default=False)
    ],
    project: File,
    why: Reason = "",
    who: Who = None,
) -> None:
    """Take statements out of an event; together they are an event of their own."""
    from jirga.record.project import Project, enter, find, statements_behind

    with Project(project) as held:
        with held.editing() as connection:
            target = find(connection, ident)
            inside = statements_behind(connection, *target) if target[0] == "event" else []
            leave = [find(connection, each)[1] for each in statements]
            if not inside or not set(leave) < set(inside):
                raise UsageError(
                    "Name an event and some, but not all, of its statements (see them with: jirga show "
                    f"{ident} -p FILE). They are: " + ", ".join(inside)
                )
            number = enter(connection, "split", target, who=_who(who), words=why, statements=leave)
        _told(number)
        tell_orphans(held)


def origins(project: File, form: Shape = Form.TABLE) -> None:
    """Print which reports copy one text or print one passage, with the words that they have in common."""
    from jirga.record.project import Project, copies

    with Project(project) as held:
        print_rows(copies(held), form)
        tell_orphans(held)


def own_origin(ident: Id, project: File, why: Reason = "", who: Who = None) -> None:
    """Count a report as an origin of its own, whatever words it shares with others; undo takes it back."""
    _enter(project, "own", ident, why, who)


def undo(
    number: Annotated[int, typer.Argument(help="Number of the entry; see jirga work.", show_default=False)],
    project: File,
    why: Reason = "",
    who: Who = None,
) -> None:
    """Undo an entry, by a new entry; undoing that one brings the first back."""
    from jirga.record.project import Project
    from jirga.record.project import undo as take_back

    with Project(project) as held:
        with held.editing() as connection:
            made = take_back(connection, number, who=_who(who), words=why)
        _told(made)


def work(project: File, form: Shape = Form.TABLE) -> None:
    """Print what people entered, what was undone, and what is orphaned."""
    from jirga.record.project import Project

    with Project(project) as held:
        rows = [
            {
                "entry": entry.id, "added": entry.added, "who": entry.who, "kind": entry.kind, "of": entry.target_kind,
                "id": entry.target, "words": entry.words or ", ".join(map("=".join, entry.data.get("fields", {}).items())),
                "standing": "undone" if not entry.live else "orphan" if entry.lost else "stands",
            }
            for entry in held.work()
        ]  # fmt: skip
        print_rows(rows, form)
        tell_orphans(held)


def _enter(
    project: str, kind: str, ident: str, words: str, who: str | None, fields: dict[str, str] | None = None
) -> None:
    from jirga.record.project import Project, enter, find

    with Project(project) as held:
        with held.editing() as connection:
            target = find(connection, ident)
            number = enter(connection, kind, target, who=_who(who), words=words, fields=fields)
        shown = target[1] if ":" in target[1] else target[1][:BEGIN]
        err.print(
            f"{DONE[kind]} {target[0]} {shown}; take it back with: jirga undo {number} -p FILE",
            highlight=False,
            markup=False,
        )
        _told(number)
        tell_orphans(held)


def _told(number: int) -> None:
    out.print(f"entry {number}", highlight=False)


def _who(given: str | None) -> str:
    if given:
        return given
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise UsageError("Nobody is known to be at work here. Say who with --who NAME.") from None
