"""Names that are known beforehand: countries, armed groups, bodies, outlets, people; and how users add theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from jirga.errors import ReportError
from jirga.reading.actors.words import Word, fits, joined, keyed, words
from jirga.reading.wordlists import word_set

__all__ = ["Entry", "Gazetteer", "Match", "table"]

KINDS = word_set("gazetteer kinds")
_PREFIX = {"groups.tsv": "group", "bodies.tsv": "body", "outlets.tsv": "outlet"}
_MOST_WORDS = 12  # as many as the longest name in the files has; a user's longer one is cut off from matching


@dataclass(frozen=True, slots=True)
class Entry:
    """A known actor.

    Attributes
    ----------
    id, name : str
    kind : str
        As in `Mention.kind`.
    of : str or None
        Id of the party that it belongs to.
    governs : str or None
        Id of the country that it rules in fact; its mentions belong to that country between ``since`` and ``until``.
    since, until : datetime.date or None
    home : str or None
        Id of the country it comes from; tells nothing of whom it speaks for.
    """

    id: str
    name: str
    kind: str
    of: str | None = None
    governs: str | None = None
    since: date | None = None
    until: date | None = None
    home: str | None = None

    def party(self, day: date | None) -> str | None:
        """Return the id of the party that it belongs to on a day; None when it stands for itself.

        A report without a date is taken as of today: a rule that has not ended then holds.
        """
        if self.governs is None:
            return self.of
        if day is None:
            return self.governs if self.until is None else self.of
        begun, over = self.since is None or self.since <= day, self.until is not None and self.until < day
        return self.governs if begun and not over else self.of


@dataclass(frozen=True, slots=True)
class Match:
    """A known name in a text: code point offsets, whose name, and how (name, demonym, people, capital, acronym)."""

    begin: int
    end: int
    entry: Entry
    how: str
    adjective: bool = False


_Form = tuple[str, str, tuple[str, ...], bool, str]  # id, how, shapes, holds commas, name as printed


class Gazetteer:
    """Known names and where they stand in a text.

    Use `Gazetteer.default` for what the package knows and `extended` for a copy with a user's names before them.
    """

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self._forms: dict[str, list[_Form]] = {}
        self._longest: dict[str, int] = {}
        self._adjectives: set[str] = set()
        self._armies: dict[str, str] | None = None

    @classmethod
    @cache
    def default(cls) -> Gazetteer:
        """Return the package's gazetteer; read once, in well under half a second."""
        made = cls()
        for row in table("countries.tsv"):
            made._country(row)
        for name, prefix in _PREFIX.items():
            for row in table(name):
                made._actor(name, prefix, row)
        for row in table("regions.tsv"):
            place = Entry(
                f"place:region:{row[0]}", row[1], "place", of=f"country:{row[3]}" if row[3] else None
            )
            made.add(place, [row[1], *_split(row[2])])
        for row in table("persons.tsv"):
            entry = Entry(f"person:{row[0]}", row[1], "person", of=row[3] or None)
            made.add(entry, [row[1], *_split(row[2]), *_split(row[4])])
        return made

    def extended(self, path: Path | str) -> Gazetteer:
        """Return a copy that also knows the names in a user's YAML file, before its own.

        The file holds one list, ``names``; each item has ``id``, ``name`` and, where they apply, ``aliases`` (a list),
        ``adjectives`` (a list), ``kind``, ``of``, ``governs``, ``since``, ``until`` (dates)::

            names:
              - id: group:hill-front
                name: Hill Liberation Front
                aliases: [HLF, Hill Front]
                kind: group
                governs: country:XYZ
                since: 2023-05-01

        Parameters
        ----------
        path : path of the file

        Raises
        ------
        ReportError
            When the file cannot be read or an item lacks an id or a name; tells which.
        """
        made = Gazetteer()
        made.entries = dict(self.entries)
        made._forms = {key: list(forms) for key, forms in self._forms.items()}
        made._longest = dict(self._longest)
        made._adjectives = set(self._adjectives)
        for number, item in enumerate(_load(path), 1):
            entry = _entry(item, f"{path}", number)
            made.add(entry, [entry.name, *map(str, item.get("aliases") or ())], first=True)
            made.add(entry, list(map(str, item.get("adjectives") or ())), "demonym", first=True)
        return made

    def add(self, entry: Entry, names: Iterable[str], how: str = "name", first: bool = False) -> None:
        """Add an actor under some names.

        Parameters
        ----------
        how : str
            What the names are: name, demonym, people, capital.
        first : bool
            Whether they go before what is known under the same names.
        """
        self.entries[entry.id] = entry
        for name in names:
            key, shapes = keyed(name)
            if not key:
                continue
            kind = "acronym" if how == "name" and _acronym(shapes, entry) else how
            form = (entry.id, kind, shapes, any(c in name for c in ",()/"), name)
            forms = self._forms.setdefault(key, [])
            forms.insert(0, form) if first else forms.append(form)
            start = key.split(" ", 1)[0]
            self._longest[start] = min(max(self._longest.get(start, 0), len(shapes)), _MOST_WORDS)
            if how == "demonym":
                self._adjectives.add(key)

    def find(self, text: str, found: list[Word] | None = None) -> list[Match]:
        """Return the known names in a text, longest first at each place, without overlap, in text order.

        Time is linear in the text: at each word at most twelve lengths are tried.
        """
        found = words(text) if found is None else found
        matches: list[Match] = []
        at = 0
        while at < len(found):
            if found[at][2] not in self._longest:
                at += 1
                continue
            match, used = self._longest_at(text, found, at)
            if match is not None:
                matches.append(match)
            at += used
        return matches

    def _longest_at(self, text: str, found: list[Word], at: int) -> tuple[Match | None, int]:
        for size in range(min(self._longest.get(found[at][2], 0), len(found) - at), 0, -1):
            run = found[at : at + size]
            key = " ".join(word for _, _, word in run)
            for form in self._forms.get(key, ()):
                if all(fits(text[b:e], s) for (b, e, _), s in zip(run, form[2], strict=False)) and all(
                    joined(text, left, right, form[3]) for left, right in pairwise(run)
                ):
                    end = run[-1][1]
                    if form[4].endswith(".") and text[end : end + 1] == ".":
                        end += 1
                    entry = self.entries[form[0]]
                    return Match(run[0][0], end, entry, form[1], key in self._adjectives), size
        return None, 1

    def lookup(self, name: str) -> Entry | None:
        """Return who a whole name is, or None."""
        match, used = self._longest_at(name, found, 0) if (found := words(name)) else (None, 0)
        return match.entry if match is not None and used == len(found) else None

    def army(self, country: str) -> str | None:
        """Return the id of the army of a country where it is known by a name of its own, or None."""
        if self._armies is None:
            self._armies = {}
            for key, forms in self._forms.items():
                entry = self.entries[forms[0][0]]
                whose = entry.governs or entry.of
                if key.endswith((" army", " armed forces")) and whose and whose.startswith("country:"):
                    self._armies.setdefault(whose, entry.id)
        return self._armies.get(country)

    def _country(self, row: list[str]) -> None:
        entry = Entry(row[0], row[1], "country")
        self.add(entry, [row[1], *_split(row[2])])
        self.add(entry, _split(row[3]), "demonym")
        self.add(entry, _split(row[4]), "people")
        self.add(entry, _split(row[5]), "capital")

    def _actor(self, file: str, prefix: str, row: list[str]) -> None:
        if file == "groups.tsv":
            home = f"country:{row[3]}" if row[3] else None
            governs = f"country:{row[4]}" if row[4] else None
            of = home if row[0] in _organs() else None
            kind = "part" if of else "group"
            entry = Entry(f"{prefix}:{row[0]}", row[1], kind, of, governs, _day(row[5]), _day(row[6]), home)
        elif file == "bodies.tsv":
            entry = Entry(f"{prefix}:{row[0]}", row[1], "body", f"body:{row[3]}" if row[3] else None)
        else:
            entry = Entry(
                f"{prefix}:{row[0]}", row[1], "outlet", home=f"country:{row[3]}" if row[3] else None
            )
        self.add(entry, [row[1], *_split(row[2])])


def table(name: str) -> Iterator[list[str]]:
    """Yield the rows of one of the gazetteer's files, each with at least eight cells."""
    for line in lines(name):
        row = line.split("\t")
        yield row + [""] * (8 - len(row))


def lines(name: str) -> list[str]:
    """Return the lines of one of the gazetteer's files without its remarks."""
    return [line for line in raw(name).decode().split("\n") if line and line[0] != "#"]


def raw(name: str) -> bytes:
    """Return what one of the gazetteer's files holds."""
    return files("jirga.reading").joinpath("data", "gazetteer", name).read_bytes()


@cache
def _organs() -> frozenset[str]:
    return frozenset(row[0] for row in table("organs.tsv"))


def _split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _acronym(shapes: tuple[str, ...], entry: Entry) -> bool:
    return all(s in {"A", "U"} for s in shapes) and len(shapes) <= 2 and not entry.name.isupper()


def _day(cell: object) -> date | None:
    return cell if isinstance(cell, date) else date.fromisoformat(str(cell)) if cell else None


def _load(path: Path | str) -> list[dict[str, Any]]:
    from ruamel.yaml import YAML  # only those with names of their own need it
    from ruamel.yaml.error import YAMLError

    advice = "Write one list 'names' whose items have at least 'id' and 'name'."
    try:
        data = YAML(typ="safe", pure=True).load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise ReportError(str(path), f"The names cannot be read: {error}.", advice) from error
    names = data.get("names") if isinstance(data, dict) else None
    if not isinstance(names, list) or not all(isinstance(item, dict) for item in names):
        raise ReportError(str(path), "There is no list 'names' in it.", advice)
    return names


def _entry(item: dict[str, Any], place: str, number: int) -> Entry:
    advice = f"Kinds are {', '.join(sorted(KINDS))}; dates are written YYYY-MM-DD."
    identity, name, kind = item.get("id"), item.get("name"), str(item.get("kind") or "group")
    if not identity or not name or kind not in KINDS:
        raise ReportError(
            place, f"Item {number} of 'names' lacks an id or a name, or its kind is unknown.", advice
        )
    try:
        since, until = _day(item.get("since")), _day(item.get("until"))
    except ValueError as error:
        raise ReportError(place, f"Item {number} of 'names' has a date that is none.", advice) from error
    of, governs = item.get("of"), item.get("governs")
    return Entry(
        str(identity),
        str(name),
        kind,
        str(of) if of else None,
        str(governs) if governs else None,
        since,
        until,
    )
