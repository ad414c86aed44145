"""Commands that begin with reports: brief, read, draft."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jirga.cli.console import err, meter, out, tell_refused, tell_unread, write_whole
from jirga.cli.listing import Form, print_rows, tell_orphans
from jirga.cli.startup import import_spacy
from jirga.errors import UsageError

if TYPE_CHECKING:
    from jirga.conflict.types import Conflict
    from jirga.reading.types import Reading
    from jirga.record.types import Record
    from jirga.reports.types import ReportSet

__all__ = ["register"]

Paths = Annotated[
    list[str],
    typer.Argument(help="Reports: .txt, .html, .jsonl files, folders or globs of them.", show_default=False),
]
MaybePaths = Annotated[
    list[str] | None,
    typer.Argument(help="Reports: .txt, .html, .jsonl files, folders or globs of them.", show_default=False),
]
Pipeline = Annotated[
    str | None,
    typer.Option(
        help="An installed spaCy pipeline to read with, instead of the package's own.", show_default=False
    ),
]
Kept = Annotated[
    str | None,
    typer.Option("-p", "--project", help="Take the reports of this project.", show_default=False),
]


class Format(StrEnum):
    """How `read` prints."""

    TABLE = "table"
    JSONL = "jsonl"


class What(StrEnum):
    """What `read` prints."""

    STATEMENTS = "statements"
    ATTRIBUTIONS = "attributions"
    MENTIONS = "mentions"


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command()(brief)
    app.command()(read)
    app.command()(draft)


def brief(
    paths: MaybePaths = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Where the brief goes.")] = Path(
        "brief.html"
    ),
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write everything as JSON too.", show_default=False)
    ] = None,
    conflict: Annotated[
        Path | None,
        typer.Option(help="Use this conflict file instead of the drafted model.", show_default=False),
    ] = None,
    conflict_out: Annotated[
        Path | None,
        typer.Option(help="Write the drafted model here, to edit and hand back.", show_default=False),
    ] = None,
    pipeline: Pipeline = None,
    project: Kept = None,
) -> None:
    """Read reports and write a brief: one HTML page in which every line leads to its sentence."""
    _one_of(paths, project)
    from jirga.brief import brief_json, make_brief, write_html
    from jirga.conflict.load import load

    given = load(conflict) if conflict else None  # a wrong model is told before an hour of reading
    record = _kept(project) if project else _record(paths or [], pipeline)
    made = make_brief(record, given)
    if conflict_out:
        _write_conflict(made.conflict, conflict_out)
    if json_file:
        write_whole(json_file, json.dumps(brief_json(made), ensure_ascii=False, indent=1) + "\n")
    write_html(made, output)
    tell_refused(record.refused)
    counts = f"{_count(len(record.reports), 'report')}, {_count(len(record.statements), 'statement')}"
    err.print(f"{counts}. The brief is at:", highlight=False)
    out.print(str(output.resolve()), highlight=False, markup=False)


def read(
    paths: Paths,
    form: Annotated[
        Format, typer.Option("--format", help="A table for people, or JSON Lines.")
    ] = Format.TABLE,
    what: Annotated[What, typer.Option(help="What to print.")] = What.STATEMENTS,
    why: Annotated[
        bool, typer.Option("--why", help="Say which words and rules each statement rests on.")
    ] = False,
    pipeline: Pipeline = None,
) -> None:
    """Read reports and print what they state, each with its exact quote."""
    found = _load(paths, pipeline)
    rows = _rows(found, what, why, pipeline)
    if form is Format.JSONL:
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        if what is What.STATEMENTS:
            shown = [_statement_row(row, why) for row in rows]
        elif what is What.ATTRIBUTIONS:
            texts = {report.name: report.text for report in found.reports}
            shown = [told for row in rows for told in _attribution_rows(row, texts[row["report"]])]
        else:
            shown = list(rows)
        print_rows(shown, Form.TABLE)
    tell_refused(found.refused)


def draft(
    paths: MaybePaths = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Where the model goes.")] = Path(
        "conflict.yaml"
    ),
    pipeline: Pipeline = None,
    project: Kept = None,
) -> None:
    """Draft a conflict model from reports, as a YAML file to edit."""
    from jirga.conflict.draft import draft as draft_conflict

    _one_of(paths, project)
    record = _kept(project) if project else _record(paths or [], pipeline)
    written = _write_conflict(draft_conflict(record), output)
    tell_refused(record.refused)
    out.print(str(written.resolve()), highlight=False, markup=False)


def _load(paths: list[str], pipeline: str | None) -> ReportSet:
    from jirga.reports.load import load_reports

    found = load_reports(paths)
    import_spacy(checks=pipeline is not None)  # before the reading does
    return found


def _readings(found: ReportSet, pipeline: str | None) -> Iterator[Reading]:
    from jirga.reading.reader import DefaultReader

    reader = DefaultReader(pipeline)
    with meter(len(found.reports), "Reading") as bar:
        for report in found.reports:
            reading = reader.read(report)
            tell_unread(report.path, reading.unread)
            yield reading
            bar.step()


def _record(paths: list[str], pipeline: str | None) -> Record:
    from jirga.record.build import build_record

    found = _load(paths, pipeline)
    return build_record(list(_readings(found, pipeline)), found.reports, refused=found.refused)


def _one_of(paths: list[str] | None, project: str | None) -> None:
    if bool(paths) == bool(project):
        raise UsageError("Give either PATHs of reports or a project file with -p.")


def _kept(project: str) -> Record:
    from jirga.record.project import Project

    with Project(project) as held:
        tell_orphans(held)
        return held.record()


def _write_conflict(conflict: Conflict, path: Path) -> Path:
    """Write a drafted model; a file that is there and differs may hold a person's work and is kept.

    Returns
    -------
    Path
        Where the draft went: the path, or ``NAME.new.yaml`` beside it.
    """
    from jirga.conflict.write import dump

    fresh = path.with_name(f"{path.stem}.new{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        dump(conflict, fresh)
        if path.exists() and path.read_bytes() != fresh.read_bytes():
            err.print(
                f"{path} was there and is kept; the new draft is at {fresh}", style="yellow", markup=False
            )
            return fresh
        return fresh.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}). Name another file.") from None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _rows(found: ReportSet, what: What, why: bool, pipeline: str | None) -> Iterator[dict[str, Any]]:
    from jirga.reading.attribution import attributions_json
    from jirga.reading.statements import statement_json

    for reading in _readings(found, pipeline):
        name = reading.report.name
        if what is What.STATEMENTS:
            yield from (statement_json(s, why=why) for s in reading.statements)
        elif what is What.ATTRIBUTIONS:
            yield from attributions_json(reading.report, reading.attributions)
        else:
            for m in reading.mentions:
                yield {
                    "report": name, "id": m.id, "name": m.name, "begin": m.begin, "end": m.end, "text": m.text,
                    "kind": str(m.kind), "of": m.of, "how": m.how,
                }  # fmt: skip


def _statement_row(row: dict[str, Any], why: bool) -> dict[str, Any]:
    """Return a statement as the table shows it."""
    flags = ("not " if row["polarity"] == "negative" else "") + (
        f"({row['modality']}) " if row["modality"] != "asserted" else ""
    )
    told = [link["source"]["name"] if link["source"] else link["kind"] for link in row["attribution"]]
    when = row["when"] or {"start": "", "end": "", "precision": None, "text": ""}
    dated = when["start"] or when["end"]
    shown = {
        "when_start": when["start"] if dated else when["text"], "when_end": when["end"] if dated else when["text"],
        "precision": when["precision"], "type": f"{flags}{row['type']}", "mode": row["mode"],
        "actors": ", ".join(a["name"] for a in row["actors"]),
        "recipients": ", ".join(a["name"] for a in row["recipients"]), "quote": row["quote"], "report": row["report"],
        "told by": " < ".join(told),
    }  # fmt: skip
    if why:
        shown["why"] = "; ".join(
            f"{w['aspect']}: {w.get('text', '')} [{w['rule']}]" for w in row.get("why", [])
        )
    return shown


def _attribution_rows(row: dict[str, Any], text: str) -> Iterator[dict[str, Any]]:
    """Yield an attribution and those inside it, with words for the spans."""

    def words(spans: list[list[int]]) -> str:
        return " … ".join(" ".join(text[begin:end].split()) for begin, end in spans)

    yield {
        "source": "› " * row["level"] + words(row["source"]), "cue": words(row["cue"]), "kind": row["kind"],
        "quote": words(row["content"]), "report": row["report"],
    }  # fmt: skip
    for each in row.get("inside", ()):
        yield from _attribution_rows(each, text)
