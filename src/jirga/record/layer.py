"""What people have decided about a record, laid over what was read: left out, changed, put together, set apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from jirga.errors import UsageError
from jirga.reading.types import EventType, Modality, Polarity, Reading, Statement
from jirga.record.features import Sight
from jirga.record.types import Dispute, Position

__all__ = ["FIELDS", "Hidden", "Layer", "Link", "change"]

FIELDS = ("type", "mode", "polarity", "modality")
"""What of a statement a person may code otherwise; its words are the report's and stay."""


@dataclass(frozen=True, slots=True)
class Link:
    """Statements that a person put together, or set apart from what they were linked with.

    Attributes
    ----------
    together : bool
    statements : tuple of str
        Ids. Together: the events that hold them become one. Apart: they become an event of their own.
    """

    together: bool
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """A position or a dispute that a person rejected.

    Attributes
    ----------
    aspect : str
        Aspect and subject of a dispute; empty for a position.
    statements : frozenset of str
        All that it rested on; one that comes to rest on more is shown again.
    """

    aspect: str
    statements: frozenset[str]


@dataclass(frozen=True, slots=True)
class Layer:
    """People's decisions that bear on how a record is built.

    Attributes
    ----------
    without, without_reports : frozenset of str
        Ids of rejected statements, and of reports all of whose statements are rejected.
    changed : mapping of str to mapping
        Statement id to the fields (`FIELDS`) that are coded otherwise.
    links : tuple of Link
        In the order in which they were made; later ones win.
    hidden : tuple of Hidden
    own : frozenset of str
        Ids of reports that a person says copy nobody: each is an origin of its own, with all its passages.
    """

    without: frozenset[str] = frozenset()
    without_reports: frozenset[str] = frozenset()
    changed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    own: frozenset[str] = frozenset()

    def coded_otherwise(self, other: Layer) -> frozenset[str]:
        """Return the ids of the statements, and of the reports, that only one of two layers leaves out or changes."""
        changed = {
            ident
            for ident in {*self.changed, *other.changed}
            if self.changed.get(ident) != other.changed.get(ident)
        }
        return (self.without ^ other.without) | (self.without_reports ^ other.without_reports) | changed

    def shown_otherwise(self, other: Layer) -> frozenset[str]:
        """Return the ids of the statements that two layers put together otherwise, or hide otherwise."""
        links = {*self.links, *other.links} if self.links != other.links else set[Link]()
        told = [each.statements for each in links]
        return frozenset[str]().union(*told, *(each.statements for each in {*self.hidden} ^ {*other.hidden}))

    def on_readings(self, readings: Sequence[Reading]) -> list[Reading]:
        """Leave out what is rejected and change what is coded otherwise."""
        if not (self.without or self.without_reports or self.changed):
            return list(readings)
        return [replace(reading, statements=self._kept(reading)) for reading in readings]

    def _kept(self, reading: Reading) -> tuple[Statement, ...]:
        if reading.report.id in self.without_reports:
            return ()
        kept = (s for s in reading.statements if s.id not in self.without)
        return tuple(change(s, self.changed[s.id]) if s.id in self.changed else s for s in kept)

    def on_groups(self, groups: Sequence[list[Sight]]) -> list[list[Sight]]:
        """Put groups of statements together and set statements apart."""
        made = [list(group) for group in groups]
        for each in self.links:
            named = set(each.statements)
            chosen = [s for group in made for s in group if s.s.id in named]
            if each.together:
                joined = [s for group in made if any(s.s.id in named for s in group) for s in group]
                rest = [group for group in made if not any(s.s.id in named for s in group)]
                made = [*rest, joined]
            else:
                made = [[s for s in group if s.s.id not in named] for group in made] + [chosen]
            made = [group for group in made if group]
        ordered = [sorted(group, key=lambda s: s.order) for group in made]
        return sorted(ordered, key=lambda group: group[0].order) if self.links else ordered

    def shows_position(self, position: Position) -> bool:
        """Tell whether a position is not rejected."""
        return not any(not h.aspect and h.statements.issuperset(position.statements) for h in self.hidden)

    def shows_dispute(self, dispute: Dispute) -> bool:
        """Tell whether a dispute is not rejected."""
        rests = {s for account in dispute.accounts for s in account.statements}
        aspect = f"{dispute.aspect}:{dispute.subject}"
        return not any(h.aspect == aspect and rests <= h.statements for h in self.hidden)


def change(statement: Statement, fields: Mapping[str, str]) -> Statement:
    """Return a statement that is coded otherwise; its id and its words stay.

    Raises
    ------
    UsageError
        For a field that is not of `FIELDS` or a value that it cannot have.
    """
    if unknown := set(fields) - set(FIELDS):
        raise UsageError(f"“{sorted(unknown)[0]}” cannot be changed. What can: {', '.join(FIELDS)}.")
    try:
        return replace(
            statement,
            type=EventType(fields["type"].upper()) if "type" in fields else statement.type,
            mode=(fields["mode"] or None) if "mode" in fields else statement.mode,
            polarity=Polarity(fields["polarity"]) if "polarity" in fields else statement.polarity,
            modality=Modality(fields["modality"]) if "modality" in fields else statement.modality,
        )
    except ValueError as error:
        raise UsageError(f"{error}. See docs/codebook.md for what there is.") from None
