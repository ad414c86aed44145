"""Files, folders and globs to reports; every input ends as read or refused, with the reason."""

from __future__ import annotations

import glob
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from jirga.errors import NoReportsError, ReportError
from jirga.reports.blocks import find_blocks, main_language
from jirga.reports.decode import decode, is_binary
from jirga.reports.feeds import feed_reports, looks_like_feed
from jirga.reports.origins import origin_groups
from jirga.reports.page import looks_like_html, page_report
from jirga.reports.plain import describe, plain_report
from jirga.reports.types import Refusal, Report, ReportSet

__all__ = ["LARGEST", "all_refused", "find_files", "from_raw", "iter_reports", "load_reports"]

LARGEST = (
    16 * 2**20
)  # bytes of one report; more is a book or an archive, and would take most of an hour to read
LINES = {".jsonl", ".ndjson", ".jl"}
PAGES = {".html", ".htm", ".xhtml"}
RECORD = '{"text": "...", "title": "...", "url": "...", "outlet": "...", "published": "..."}'
TEXTS = {".txt", ".text", ".md", ""}
FEEDS = {".xml", ".rss", ".atom"}


def load_reports(paths: Iterable[str | Path], note: Callable[[str], None] | None = None) -> ReportSet:
    """Load every report among the given paths.

    Parameters
    ----------
    paths : iterable of str or Path
        Files, folders (searched through, sorted by name) or globs.
    note : callable or None
        Called with each place before it is opened, for a progress bar.

    Returns
    -------
    ReportSet
        With origins set, names unique, the same bytes counted once.

    Raises
    ------
    NoReportsError
        When nothing could be read; its reason lists what was refused and why.
    """
    paths = list(paths)
    reports: dict[str, Report] = {}
    refused: list[Refusal] = []
    for found in iter_reports(paths, note):
        if isinstance(found, Refusal):
            refused.append(found)
        elif found.id in reports:
            twin = reports[found.id].path
            refused.append(Refusal(found.path, f"the same bytes as {twin}; counted once.", "Nothing to do."))
        else:
            reports[found.id] = found
    if not reports:
        told = "".join(f"\n  {r.place}: {r.reason} {r.advice}" for r in refused)
        raise NoReportsError(
            ", ".join(str(p) for p in paths) or "no path given",
            "nothing here can be read as a report." + told,
            "Give .txt, .html or .jsonl files, or a folder of them." if not told else "",
        )
    named = _unique_names(list(reports.values()))
    groups = origin_groups(named)
    of = {member: origin for origin, members in groups.items() for member in members}
    return ReportSet(tuple(replace(r, origin=of.get(r.id, r.id)) for r in named), tuple(refused), groups)


def iter_reports(
    paths: Iterable[str | Path], note: Callable[[str], None] | None = None
) -> Iterator[Report | Refusal]:
    """Yield each report, or the refusal of it, one at a time; memory holds one file."""
    for path in paths:
        files = find_files(path)
        if isinstance(files, Refusal):
            yield files
            continue
        for file in files:
            if note:
                note(str(file))
            yield from _one_file(file)


def from_raw(path: str, raw: bytes) -> Report:
    """Return the report that kept bytes give today.

    Parameters
    ----------
    path : str
        Where they were read from: a file, or ``file:number`` of a JSON Lines file or a feed. Nothing is opened.
    raw : bytes

    Raises
    ------
    ReportError
        When they are no report.
    """
    name, _, number = path.rpartition(":")
    if number.isdecimal() and Path(name).suffix.lower() in LINES:
        return _record(path, Path(name), int(number), raw)
    if number.isdecimal() and Path(name).suffix.lower() in FEEDS:
        found = next(feed_reports(Path(name).name, name, raw, int(number)))
        if isinstance(found, ReportError):
            raise found
        return found
    return _file_report(Path(path), Path(path).suffix.lower(), raw)


def all_refused(paths: Iterable[str | Path]) -> tuple[Refusal, ...] | None:
    """Return every refusal when nothing among the paths can be read; None at the first report that can."""
    refused: list[Refusal] = []
    for found in iter_reports(paths):
        if isinstance(found, Report):
            return None
        refused.append(found)
    return tuple(refused)


def find_files(path: str | Path) -> list[Path] | Refusal:
    """Return the files that a path, a folder or a glob stands for, sorted; hidden files are passed over."""
    place = Path(path)
    try:
        if place.is_dir():
            inside = (p for p in sorted(place.rglob("*")) if p.is_file())
            files = [
                p for p in inside if not any(part.startswith(".") for part in p.relative_to(place).parts)
            ]
            return files or Refusal(
                str(path), "the folder is empty.", "Put .txt, .html or .jsonl files in it."
            )
        if place.exists():
            return [place]
        found = sorted(Path(p) for p in glob.glob(str(path), recursive=True))  # noqa: PTH207 - absolute globs too
    except OSError as error:
        return Refusal(str(path), f"cannot be opened ({error.strerror}).", "Check its name and permissions.")
    return [p for p in found if p.is_file()] or Refusal(
        str(path), "no such file or folder.", "Check the name."
    )


def _one_file(file: Path) -> Iterator[Report | Refusal]:
    suffix = file.suffix.lower()
    try:
        if suffix in LINES:
            yield from _json_lines(file)
            return
        if file.stat().st_size > LARGEST:
            size = file.stat().st_size / 2**20
            raise ReportError(
                str(file),
                f"{size:.0f} MB is more than the {LARGEST // 2**20} MB of one report.",
                "Split it by report.",
            )
        raw = file.read_bytes()
        if suffix in FEEDS and not is_binary(raw) and looks_like_feed(decode(raw).text):
            for found in feed_reports(file.name, str(file), raw):
                yield found if isinstance(found, Report) else Refusal(found.place, found.reason, found.advice)
            return
        yield _file_report(file, suffix, raw)
    except ReportError as error:
        yield Refusal(error.place, error.reason, error.advice)
    except OSError as error:
        yield Refusal(str(file), f"cannot be opened ({error.strerror}).", "Check its permissions.")


def _file_report(file: Path, suffix: str, raw: bytes) -> Report:
    place = str(file)
    if not raw.strip():
        raise ReportError(place, "the file is empty.", "Save the report again.")
    if is_binary(raw):
        raise ReportError(place, "this is a binary file, not text.", "Save the report as .txt or .html.")
    if suffix not in LINES | PAGES | TEXTS:
        raise ReportError(
            place, f"files ending in {suffix} are not read.", "Save it as .txt, .html or .jsonl."
        )
    ident = hashlib.sha256(raw).hexdigest()[:16]
    decoded = decode(raw)
    if suffix in PAGES or looks_like_html(decoded.text):
        return page_report(ident, file.name, place, raw)
    if not any(c.isalpha() for c in decoded.text):
        raise ReportError(place, "there are no words in it.", "Save the report again.")
    return plain_report(ident, file.name, place, decoded.text, raw, decoded.notes)


def _json_lines(file: Path) -> Iterator[Report | Refusal]:
    with file.open("rb") as lines:
        number = 0
        while line := lines.readline(LARGEST + 1):
            number += 1
            place = f"{file}:{number}"
            if len(line) > LARGEST:
                while line and not line.endswith(b"\n"):
                    line = lines.readline(LARGEST)
                yield Refusal(place, f"the line is longer than {LARGEST // 2**20} MB.", "Split it by report.")
            elif line.strip():
                try:
                    yield _record(place, file, number, line)
                except ReportError as error:
                    yield Refusal(error.place, error.reason, error.advice)
        if number == 0:
            yield Refusal(str(file), "the file is empty.", "Save it again, one JSON object a line.")


def _record(place: str, file: Path, number: int, line: bytes) -> Report:
    advice = f"Each line is one object: {RECORD}."
    try:
        data: Any = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ReportError(
            place, f"broken UTF-8 at byte {error.start + 1}.", "Save the file as UTF-8."
        ) from None
    except (ValueError, RecursionError) as error:
        raise ReportError(place, f"this line is not JSON ({error}).", advice) from None
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise ReportError(place, 'this line has no "text".', advice)
    text: str = (
        data["text"].encode("utf-8", "replace").decode("utf-8")
    )  # lone surrogates cannot be written back
    if not any(c.isalpha() for c in text):
        raise ReportError(place, 'there are no words in its "text".', advice)
    known = {key: str(data[key]) for key in ("title", "url", "outlet", "published") if data.get(key)}
    authors = data.get("authors") or data.get("author") or ""
    known["authors"] = "; ".join(map(str, authors)) if isinstance(authors, list) else str(authors)
    name = str(data["id"]) if data.get("id") not in (None, "") else f"{file.name}:{number}"
    main = main_language(text)
    ident = hashlib.sha256(line.strip()).hexdigest()[:16]
    return describe(ident, name, place, text, bytes(line), known, find_blocks(text, main), main, ())


def _unique_names(reports: list[Report]) -> list[Report]:
    """Give reports of one file name in several folders, or one id on several lines, names of their own."""
    taken: dict[str, int] = {}
    for report in reports:
        taken[report.name] = taken.get(report.name, 0) + 1
    used: set[str] = set()
    out = []
    for report in reports:
        name = report.name if taken[report.name] == 1 else report.path
        name = name if name not in used else f"{name}#{report.id[:6]}"
        used.add(name)
        out.append(replace(report, name=name) if name != report.name else report)
    return out
