"""The thread from every line back to its sentence: numbers, quotes, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jirga.brief.words import outlet_name, told_by, type_noun
from jirga.reading.types import Modality, Polarity, Statement
from jirga.record.types import Record
from jirga.reports.types import Report

__all__ = ["Cites", "Line", "Quote", "certainty"]


@dataclass(frozen=True, slots=True)
class Quote:
    """One numbered quote of the brief.

    Attributes
    ----------
    number : int
    id : str
        Statement id.
    text : str
        Exactly the report's words.
    outlet, report : str
    told : str
        On whose word; empty when told as fact.
    marks : tuple of str
        What a reader must not miss: "not", "if", "to come", and hedges.
    noun : str
    """

    number: int
    id: str
    text: str
    outlet: str
    report: str
    told: str
    marks: tuple[str, ...]
    noun: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the brief: words, and the numbers of the quotes that it rests on.

    Attributes
    ----------
    text : str
        Plain text; the template escapes it.
    cites : tuple of int
        Numbers of quotes; may be empty only with a mark.
    mark : str
        "", "assumption" (the analyst's) or "computed" (follows from the model).
    lead : str
        Words set before the text in bold, or empty.
    """

    text: str
    cites: tuple[int, ...] = ()
    mark: str = ""
    lead: str = ""

    def __post_init__(self) -> None:
        if not self.cites and not self.mark:
            object.__setattr__(self, "mark", "assumption")


class Cites:
    """Numbers statements in the order in which the brief first uses them.

    Parameters
    ----------
    record : Record
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.numbers: dict[str, int] = {}
        self.reports: dict[str, Report] = {report.name: report for report in record.reports}

    def __call__(self, statements: Iterable[str], most: int = 6) -> tuple[int, ...]:
        """Return the numbers of statements, giving new ones where needed.

        Parameters
        ----------
        statements : iterable of str
            Ids; unknown ids (evidence of a model made from other reports) are passed over.
        most : int
            So many are shown on one line; all stay in the JSON.
        """
        known = [s for s in dict.fromkeys(statements) if s in self.record.statements]
        chosen = self._spread(known, most)
        return tuple(self.numbers.setdefault(s, len(self.numbers) + 1) for s in chosen)

    def _spread(self, ids: list[str], most: int) -> list[str]:
        """Choose so that each report comes to word before any comes twice."""
        seen: dict[str, int] = {}
        ranked = []
        for place, ident in enumerate(ids):
            name = self.record.statements[ident].report
            ranked.append((seen.get(name, 0), place, ident))
            seen[name] = seen.get(name, 0) + 1
        return [ident for _, _, ident in sorted(ranked)[:most]]

    def leading(self, statements: Sequence[str]) -> Statement:
        """Return the statement whose quote tells an event best: without reserve, and with the one who acts in it."""

        def lacks(ident: str) -> tuple[bool, bool]:
            s = self.record.statements[ident]
            return bool(s.hedges), not any(s.begin <= a.begin and a.end <= s.end for a in s.actors)

        return self.record.statements[min(statements, key=lacks)]

    def led(self, statements: Sequence[str]) -> list[str]:
        """Return the ids with the leading statement's first, so that a shown quote is always among its line's numbers."""
        first = self.leading(statements).id
        return [first, *(ident for ident in statements if ident != first)]

    def line(self, text: str, statements: Iterable[str] = (), lead: str = "", mark: str = "") -> Line:
        """Make a line with its numbers."""
        return Line(text, self(statements), mark, lead)

    def quotes(self) -> list[Quote]:
        """Return all numbered quotes, in order."""
        return [self.quote(ident) for ident in self.numbers]

    def quote(self, ident: str) -> Quote:
        """Return one statement as a numbered quote."""
        statement = self.record.statements[ident]
        report = self.reports[statement.report]
        number = self.numbers.setdefault(ident, len(self.numbers) + 1)
        return Quote(
            number, ident, statement.quote, outlet_name(report), report.name,
            told_by(statement, report.text), _marks(statement), type_noun(statement.type, statement.mode),
        )  # fmt: skip


def _marks(statement: Statement) -> tuple[str, ...]:
    return (*certainty(statement), *(f"“{hedge}”" for hedge in statement.hedges))


def certainty(statement: Statement) -> tuple[str, ...]:
    """Say what keeps a statement from telling a thing that happened: it is denied, to come, on a condition, or a thought."""
    found = []
    if statement.polarity is Polarity.NEGATIVE:
        found.append("said not to be so")
    if statement.modality is not Modality.ASSERTED:
        told = {"future": "to come", "conditional": "on a condition", "hypothetical": "only thought of"}
        found.append(told[str(statement.modality)])
    return tuple(found)
