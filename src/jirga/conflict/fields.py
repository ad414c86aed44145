"""Reading values out of a document's nodes, telling every problem and going on."""

from __future__ import annotations

import math
from collections.abc import Iterable

from jirga.conflict.document import Items, Node, Pairs, Scalar, is_null
from jirga.conflict.formula import Formula
from jirga.conflict.statements import Vocabulary, nearest, parse
from jirga.conflict.types import Evidence
from jirga.errors import Problem, StatementError

__all__ = ["Fields"]

MAX_NAME = 200  # characters; a longer name is a slip of the quotation marks


class Fields:
    """Reads values of a known kind from nodes; what is wrong is added to ``problems``."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def tell(self, node: Node, message: str, column: int | None = None) -> None:
        """Add a problem at the place of a node."""
        self.problems.append(Problem(message, node.line, node.column if column is None else column))

    def mapping(self, node: Node | None, what: str, known: Iterable[str] | None = None) -> Pairs | None:
        """Return a mapping, or None when it is absent or something else; unknown keys are told."""
        if node is None or is_null(node):
            return None
        if not isinstance(node, Pairs):
            self.tell(node, f"{what} must be a mapping (“key: value”).")
            return None
        names = None if known is None else tuple(known)
        for key, scalar in node.keys.items():
            if names is not None and key not in names:
                how = nearest(key, names) or f" Known here: {', '.join(names)}."
                self.tell(scalar, f"{what} knows no “{key[:60]}”.{how}")
        return node

    def items(self, node: Node | None, what: str, *, single: bool = False) -> list[Node]:
        """Return the entries of a list; a single value stands for a list of one when ``single``."""
        if node is None or is_null(node):
            return []
        if isinstance(node, Items):
            return node.items
        if single and isinstance(node, Scalar):
            return [node]
        self.tell(node, f"{what} must be a list (“- …”).")
        return []

    def text(self, node: Node | None, what: str) -> str | None:
        """Return a text, or None when it is absent or something else."""
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self.tell(node, f"{what} must be a text.")
            return None
        if is_null(node):
            self.tell(node, f"{what} is empty.")
            return None
        return node.text.strip()

    def texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        """Return a list of texts."""
        found = (self.text(item, what) for item in self.items(node, what, single=True))
        return tuple(text for text in found if text is not None)

    def name(self, node: Scalar, what: str) -> str | None:
        """Return a name: not empty, one line, not endless."""
        text = node.text.strip()
        if not text or len(text) > MAX_NAME or not text.isprintable():
            self.tell(node, f"{what} must be a text of 1 to {MAX_NAME} characters in one line.")
            return None
        return text

    def number(self, node: Node | None, what: str) -> float | None:
        """Return a finite number."""
        if node is None:
            return None
        value = math.nan
        if isinstance(node, Scalar):
            try:
                value = float(node.text.replace("_", "x"))  # Python's 1_000 is no YAML number
            except ValueError:
                value = math.nan
        if math.isfinite(value):
            return value
        shown = node.text[:40] if isinstance(node, Scalar) else "a list or a mapping"
        self.tell(node, f"{what} must be a finite number, not “{shown}”.")
        return None

    def whole(self, node: Node | None, what: str, least: int) -> int | None:
        """Return a whole number that is at least ``least``."""
        if node is None:
            return None
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if text.isdecimal() and len(text) < 10 and int(text) >= least:
            return int(text)
        self.tell(node, f"{what} must be a whole number, {least} or more.")
        return None

    def statement(self, node: Node, vocabulary: Vocabulary) -> tuple[str, Formula] | None:
        """Return a statement's text and formula, or None when it does not parse; its position is told."""
        text = self.text(node, "A statement")
        if text is None or not isinstance(node, Scalar):
            return None
        try:
            return text, parse(text, vocabulary)
        except StatementError as error:
            shift = error.position + (0 if node.plain else 1)
            self.tell(node, str(error), node.column + shift)
            return None

    def evidence(self, node: Node | None) -> Evidence:
        """Return what an element rests on: a list of statement ids, or ``{statements, reason}``."""
        if node is None or is_null(node):
            return Evidence()
        if isinstance(node, Pairs):
            pairs = self.mapping(node, "“evidence”", ("statements", "reason"))
            if pairs is None:
                return Evidence()
            reason = self.text(pairs.get("reason"), "The reason of an evidence") or ""
            return Evidence(self.texts(pairs.get("statements"), "A statement id"), reason)
        return Evidence(self.texts(node, "A statement id"))
