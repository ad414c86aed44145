"""BibTeX of the reports, so that a paper can cite them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from jirga.record.export.common import View
from jirga.reports.types import Precision, Report

__all__ = ["to_bibtex"]

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip
_SAFE_URL = {"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20", "%": r"\%", "#": r"\#"}


def to_bibtex(view: View) -> bytes:
    """Return one ``@misc`` entry per report; its key is made of outlet, year and the report's id."""
    return "\n".join(_entry(report) for report in view.record.reports).encode()


def _entry(report: Report) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(report))
    return f"@misc{{{_key(report)},\n{fields}}}\n"


def _key(report: Report) -> str:
    plain = (
        unicodedata.normalize("NFKD", report.outlet or "report").encode("ascii", "ignore").decode().lower()
    )
    year = report.published.start.year if report.published and report.published.start else "nodate"
    return f"{re.sub('[^a-z0-9]', '', plain) or 'report'}-{year}-{report.id[:8]}"


def _fields(report: Report) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{_tex(report.title or report.name)}}}"
    if report.authors:
        yield "author", " and ".join(f"{{{_tex(author)}}}" for author in report.authors)
    if report.outlet:
        yield "howpublished", _tex(report.outlet)
    published = report.published
    if published and published.start:
        yield "year", str(published.start.year)
        if published.precision in {Precision.MINUTE, Precision.DAY}:
            yield "date", published.start.isoformat()
    if report.url:
        yield "url", "".join(_SAFE_URL.get(c, c) for c in _flat(report.url))
    yield "langid", report.language
    yield "note", _tex(f"SHA-256 begins with {report.id}")


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(c, c) for c in _flat(text))


def _flat(text: str) -> str:
    return "".join(c for c in " ".join(text.split()) if c >= " ")
