"""YAML text to plain nodes that know their place; hostile text is told, never obeyed.

ruamel.yaml gives the events; the tree is built here, so that no tag is ever constructed, an alias cannot
multiply the document, nesting and size have limits, and every repeated key is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from jirga.errors import ConflictError, Problem

__all__ = ["Items", "Node", "Pairs", "Scalar", "read_document"]

MAX_CHARACTERS = 4_000_000  # a matrix over a thousand states; more than that is read in minutes, not seconds
MAX_DEPTH = 24  # a conflict file needs eight
MAX_EXPANDED = 2_000_000  # nodes after every alias is written out
STANDARD = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "seq", "map")
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it was written; ``line`` and ``column`` count from 1."""

    text: str
    line: int
    column: int
    plain: bool = True
    size: int = 1


@dataclass(slots=True)
class Items:
    """A list."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)
    size: int = 1


@dataclass(slots=True)
class Pairs:
    """A mapping, in order; a repeated key is told once and its first value kept."""

    line: int
    column: int
    pairs: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)
    size: int = 1

    def get(self, key: str) -> Node | None:
        """Return the value of a key, None when it is absent or empty."""
        node = self.pairs.get(key)
        return None if isinstance(node, Scalar) and is_null(node) else node


Node: TypeAlias = Scalar | Items | Pairs


def is_null(node: Node) -> bool:
    """Tell whether a value was left empty."""
    return isinstance(node, Scalar) and node.plain and node.text in ("", "~", "null", "Null", "NULL")


class _Builder:
    """Builds the tree from events; ``open`` holds the lists and mappings that are not closed yet."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.open: list[Items | Pairs] = []
        self.waiting: list[Scalar | None] = []  # per open mapping: the key whose value comes next
        self.skip: list[bool] = []  # per open mapping: whether the waiting key is a repeated one
        self.anchors: dict[str, Node] = {}
        self.growing: dict[str, Node] = {}
        self.root: Node | None = None

    def tell(self, event: Event, message: str) -> None:
        mark = event.start_mark
        self.problems.append(Problem(message, mark.line + 1, mark.column + 1))

    def stop(self, event: Event, message: str) -> _Stop:
        self.tell(event, message)
        return _Stop()

    def feed(self, event: Event) -> None:
        if isinstance(event, DocumentStartEvent):
            if self.root is not None:
                raise self.stop(event, "A conflict file holds one document; take out what follows “---”.")
        elif isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent):
            self.begin(event)
        elif isinstance(event, AliasEvent):
            self.alias(event)
        elif isinstance(event, SequenceEndEvent | MappingEndEvent):
            node = self.open.pop()
            if isinstance(node, Pairs):
                self.waiting.pop()
                self.skip.pop()
            self.growing = {name: held for name, held in self.growing.items() if held is not node}
            self.place(node, event)

    def begin(self, event: ScalarEvent | SequenceStartEvent | MappingStartEvent) -> None:
        tag = event.ctag
        if tag is not None and str(tag) not in STANDARD:
            self.tell(event, f"The tag “{str(tag)[:60]}” is not allowed in a conflict file; take it out.")
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, ScalarEvent):
            scalar = Scalar(event.value, line, column, not event.style)
            if event.anchor:
                self.anchors[event.anchor] = scalar
            self.place(scalar, event)
            return
        if len(self.open) >= MAX_DEPTH:
            raise self.stop(
                event, f"More than {MAX_DEPTH} levels inside one another; a conflict file needs eight."
            )
        if self.open and isinstance(self.open[-1], Pairs) and self.waiting[-1] is None:
            raise self.stop(event, "A key is a plain text, not a list or a mapping.")
        node: Items | Pairs = (
            Items(line, column) if isinstance(event, SequenceStartEvent) else Pairs(line, column)
        )
        if event.anchor:
            self.anchors[event.anchor] = self.growing[event.anchor] = node
        self.open.append(node)
        if isinstance(node, Pairs):
            self.waiting.append(None)
            self.skip.append(False)

    def alias(self, event: AliasEvent) -> None:
        name = event.anchor
        if name in self.growing:
            raise self.stop(event, f"“*{name}” contains itself.")
        if name not in self.anchors:
            raise self.stop(event, f"“*{name}” refers to nothing; no “&{name}” stands before it.")
        self.place(self.anchors[name], event)

    def place(self, node: Node, event: Event) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        parent.size += node.size
        if parent.size > MAX_EXPANDED:
            raise self.stop(
                event, f"The document grows beyond {MAX_EXPANDED:,} values by its aliases; write them out."
            )
        if isinstance(parent, Items):
            parent.items.append(node)
        elif self.waiting[-1] is None:
            self.key(node, parent, event)
        else:
            key = self.waiting[-1]
            self.waiting[-1] = None
            if not self.skip[-1]:
                parent.pairs[key.text], parent.keys[key.text] = node, key

    def key(self, node: Node, parent: Pairs, event: Event) -> None:
        if not isinstance(node, Scalar):
            raise self.stop(event, "A key is a plain text, not a list or a mapping.")
        self.skip[-1] = node.text in parent.pairs
        if self.skip[-1]:
            first = parent.keys[node.text].line
            self.tell(event, f"“{node.text[:60]}” stands twice here (first in line {first}); keep one.")
        self.waiting[-1] = node


class _Stop(Exception):  # noqa: N818 - it ends the reading, the problem is in the list
    """Nothing after this can be read."""


def _events(text: str) -> Iterator[Event]:
    yaml = YAML(typ="safe", pure=True)
    yield from yaml.parse(text)


def read_document(text: str, place: str) -> tuple[Pairs, list[Problem]]:
    """Read YAML text into nodes.

    Parameters
    ----------
    text : str
    place : str
        The file as the user named it, for messages.

    Returns
    -------
    root : Pairs
    problems : list of Problem
        Repeated keys and tags; the rest of the document could be read.

    Raises
    ------
    ConflictError
        When it is no YAML, not a mapping, or hostile (depth, size, aliases).
    """
    if len(text) > MAX_CHARACTERS:
        told = Problem(f"The file has more than {MAX_CHARACTERS:,} characters; split the conflict.")
        raise ConflictError(place, (told,))
    builder = _Builder()
    try:
        for event in _events(text):
            builder.feed(event)
    except _Stop:
        raise ConflictError(place, tuple(builder.problems)) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = str(error.problem or error.context or "it does not parse")
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (None, None)
        told = Problem(f"This is not YAML: {what}.", line, column)
        raise ConflictError(place, (*builder.problems, told)) from error
    except (YAMLError, ValueError, AttributeError, IndexError, TypeError, NotImplementedError) as error:
        raise ConflictError(place, (Problem(f"This is not YAML: {_first_line(error)}."),)) from error
    if builder.root is None or is_null(builder.root):
        raise ConflictError(
            place, (Problem("The file is empty; it needs “conflict:” and “decision_makers:”."),)
        )
    if not isinstance(builder.root, Pairs):
        message = "A conflict file is a mapping that begins with “conflict:”, not a list or a text."
        raise ConflictError(
            place, (*builder.problems, Problem(message, builder.root.line, builder.root.column))
        )
    return builder.root, builder.problems


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or ["it does not parse"])[0].rstrip(".")
