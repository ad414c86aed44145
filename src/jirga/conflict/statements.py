"""The language of preference statements: text in, :mod:`jirga.conflict.formula` out, and back.

::

    statement  = either [("if" | "iff") either]
    either     = both {"or" both}
    both       = negated {"and" negated}
    negated    = {"not"} (name | pattern | "(" statement ")")
    name       = option | Dm.option | "quoted name" | "quoted Dm"."quoted option"
    pattern    = one of Y, N, - for each option in order

``A if B`` is false only where A is false and B is true; ``A iff B`` is equality. A statement has one ``if``
or ``iff`` at each level, so that nobody has to know which binds first.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field

from jirga.conflict.formula import And, At, Formula, If, Iff, Matches, Not, Or, Taken
from jirga.conflict.types import Conflict
from jirga.errors import StatementError

__all__ = ["Vocabulary", "is_pattern", "nearest", "parse", "render"]

MAX_CHARACTERS = 20_000  # a statement longer than this was not written by a person
MAX_DEPTH = 100  # parentheses and nots inside one another; keeps the walk off the recursion limit
MOST_NAMED = 12  # names listed in a message
KEYWORDS = frozenset({"not", "and", "or", "if", "iff"})
QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "`": "`"}


def nearest(word: str, names: tuple[str, ...]) -> str:
    """Return `` Did you mean “...”?`` for the closest of the names, or an empty string."""
    folded = {name.casefold(): name for name in names}
    found = difflib.get_close_matches(word.casefold()[:200], list(folded)[:5000], n=1, cutoff=0.6)
    return f" Did you mean “{folded[found[0]]}”?" if found else ""


def is_pattern(text: str) -> bool:
    """Tell whether the text is made of Y, N and - only."""
    return bool(text) and set(text) <= {"Y", "N", "-"}


@dataclass(frozen=True)
class Vocabulary:
    """The names that a statement may use.

    Attributes
    ----------
    options : tuple of (str, str)
        Decision maker and option, in the order of the bits.
    states : tuple of str
        Names of states in graph form; then a name in a statement is a state.
    """

    options: tuple[tuple[str, str], ...] = ()
    states: tuple[str, ...] = ()
    _bare: dict[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)
    _full: dict[tuple[str, str], int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        bare: dict[str, tuple[int, ...]] = {}
        for bit, (_, name) in enumerate(self.options):
            bare[name] = (*bare.get(name, ()), bit)
        for number, name in enumerate(self.states):
            bare[name] = (number,)
        object.__setattr__(self, "_bare", bare)
        object.__setattr__(self, "_full", {pair: bit for bit, pair in enumerate(self.options)})

    @classmethod
    def of(cls, conflict: Conflict) -> Vocabulary:
        """Return the names of a conflict."""
        return cls(tuple((option.dm, option.id) for option in conflict.options), conflict.states)

    def name(self, bit: int) -> str:
        """Return the shortest text that names option ``bit`` in a statement, quoted where it must be."""
        dm, option = self.options[bit]
        if len(self._bare[option]) == 1:
            return self._quoted(option)
        return f"{self._quoted(dm)}.{self._quoted(option)}"

    def _quoted(self, name: str) -> str:
        plain = name and not any(c.isspace() or c in "().,#:" or c in QUOTES or c in "”’" for c in name)
        if plain and name.casefold() not in KEYWORDS and not is_pattern(name):
            return name
        for left, right in QUOTES.items():
            if left not in name and right not in name:
                return f"{left}{name}{right}"
        return name

    def find(self, segments: tuple[str, ...], raw: str) -> Formula | str:
        """Return what a name stands for, or what is wrong with it."""
        hits = self._bare.get(raw, ())
        if len(hits) == 1:
            return At(hits[0]) if self.states else Taken(hits[0])
        if len(hits) > 1:
            full = " or ".join(f"{self.options[bit][0]}.{raw}" for bit in hits)
            return f"Several decision makers have an option “{raw}”; write {full}."
        pairs = [segments] if len(segments) == 2 else []
        pairs += [(raw[:at], raw[at + 1 :]) for at, sign in enumerate(raw) if sign == "."]
        for pair in pairs:
            bit = self._full.get((pair[0], pair[1]))
            if bit is not None:
                return Taken(bit)
        what = "state" if self.states else "option"
        names = tuple(self._bare) + tuple(f"{dm}.{option}" for dm, option in self.options)
        known = self.states or tuple(option for _, option in self.options)
        others = f" There are: {', '.join(known)}." if 0 < len(known) <= MOST_NAMED else ""
        return f"There is no {what} “{raw[:80]}”.{nearest(raw, names) or others}"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "(", ")", "word", "end", or the keyword itself
    raw: str
    segments: tuple[str, ...]
    begin: int
    quoted: bool = False


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        sign = text[at]
        if sign.isspace():
            at += 1
        elif sign in "()":
            yield _Token(sign, sign, (), at)
            at += 1
        else:
            token, at = _word(text, at)
            yield token
    yield _Token("end", "", (), len(text))


def _word(text: str, begin: int) -> tuple[_Token, int]:
    """Read one name: bare signs and quoted parts, joined by dots, without a space between."""
    parts: list[str] = [""]
    raw, at, quoted = "", begin, False
    while at < len(text) and not text[at].isspace() and text[at] not in "()":
        sign = text[at]
        if sign in QUOTES and not parts[-1]:
            end = text.find(QUOTES[sign], at + 1)
            if end < 0:
                raise StatementError(text, at, "This quotation mark is never closed.")
            parts[-1] += text[at + 1 : end]
            raw += text[at + 1 : end]
            at, quoted = end + 1, True
        elif sign == ".":
            parts.append("")
            raw += sign
            at += 1
        elif sign == ",":
            raise StatementError(text, at, "A comma joins nothing here; write “and” or “or”.")
        else:
            parts[-1] += sign
            raw += sign
            at += 1
    kind = raw.casefold() if not quoted and raw.casefold() in KEYWORDS else "word"
    return _Token(kind, raw, tuple(parts), begin, quoted), at


class _Parser:
    """Recursive descent over the tokens, in the order of the grammar above."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text, self.vocabulary = text, vocabulary
        self.tokens = tuple(_tokens(text))
        self.at = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def fail(self, message: str) -> StatementError:
        return StatementError(self.text, self.token.begin, message)

    def take(self, kind: str) -> bool:
        if self.token.kind != kind:
            return False
        self.at += 1
        return True

    def whole(self) -> Formula:
        if self.token.kind == "end":
            raise self.fail("The statement is empty; write an option or a pattern.")
        out = self.statement(0)
        if self.token.kind == ")":
            raise self.fail("This parenthesis was never opened.")
        if self.token.kind != "end":
            raise self.fail(f"“and”, “or”, “if” or “iff” is missing before “{self.token.raw[:60]}”.")
        return out

    def statement(self, depth: int) -> Formula:
        left = self.either(depth)
        for kind in ("if", "iff"):
            if self.take(kind):
                right = self.either(depth)
                if self.token.kind in ("if", "iff"):
                    raise self.fail("Put parentheses: a second “if” or “iff” can be read in two ways.")
                return If(left, right) if kind == "if" else Iff(left, right)
        return left

    def either(self, depth: int) -> Formula:
        children = [self.both(depth)]
        while self.take("or"):
            children.append(self.both(depth))
        return children[0] if len(children) == 1 else Or(tuple(children))

    def both(self, depth: int) -> Formula:
        children = [self.negated(depth)]
        while self.take("and"):
            children.append(self.negated(depth))
        return children[0] if len(children) == 1 else And(tuple(children))

    def negated(self, depth: int) -> Formula:
        nots = 0
        while self.take("not"):
            nots += 1
        out = self.atom(depth)
        return Not(out) if nots % 2 else out

    def atom(self, depth: int) -> Formula:
        token = self.token
        if token.kind == "(":
            if depth >= MAX_DEPTH:
                raise self.fail(f"More than {MAX_DEPTH} parentheses inside one another; split the statement.")
            self.at += 1
            out = self.statement(depth + 1)
            if not self.take(")"):
                raise StatementError(self.text, token.begin, "This parenthesis is never closed.")
            return out
        if token.kind != "word":
            found = f"“{token.raw}”" if token.raw else "the end"
            raise self.fail(f"An option, a pattern or “(” is expected here, not {found}.")
        self.at += 1
        return self.name(token)

    def name(self, token: _Token) -> Formula:
        found = self.vocabulary.find(token.segments, token.raw)
        if not isinstance(found, str):
            return found
        if is_pattern(token.raw) and not token.quoted and not self.vocabulary.states:
            options = len(self.vocabulary.options)
            if len(token.raw) == options:
                yes = sum(1 << bit for bit, sign in enumerate(token.raw) if sign == "Y")
                no = sum(1 << bit for bit, sign in enumerate(token.raw) if sign == "N")
                return Matches(yes, no)
            found = (
                f"The pattern “{token.raw}” has {len(token.raw)} signs; the conflict has {options} options."
            )
        raise StatementError(self.text, token.begin, found)


def parse(text: str, vocabulary: Vocabulary) -> Formula:
    """Parse one statement.

    Parameters
    ----------
    text : str
    vocabulary : Vocabulary
        The names that it may use.

    Returns
    -------
    Formula

    Raises
    ------
    StatementError
        With the position, what was expected there, and the nearest name for an unknown one.
    """
    if len(text) > MAX_CHARACTERS:
        raise StatementError(text[:60] + "…", 0, f"A statement has at most {MAX_CHARACTERS} characters.")
    return _Parser(text, vocabulary).whole()


_STRENGTH = {Or: 1, And: 2}


def render(formula: Formula, vocabulary: Vocabulary) -> str:
    """Write a formula as a statement; ``parse(render(f, v), v)`` is true at the same states as ``f``."""
    match formula:
        case Taken(bit):
            return vocabulary.name(bit)
        case At(state):
            return vocabulary._quoted(vocabulary.states[state])
        case Matches(yes, no):
            bits = range(len(vocabulary.options))
            return "".join("Y" if yes >> bit & 1 else "N" if no >> bit & 1 else "-" for bit in bits)
        case Not(child):
            return f"not {_inside(child, vocabulary, 3)}"
        case And(children) | Or(children):
            level = _STRENGTH[type(formula)]
            word = " and " if level == 2 else " or "
            return word.join(_inside(child, vocabulary, level + 1) for child in children)
        case If(left, right):
            return f"{_inside(left, vocabulary, 1)} if {_inside(right, vocabulary, 1)}"
        case Iff(left, right):
            return f"{_inside(left, vocabulary, 1)} iff {_inside(right, vocabulary, 1)}"


def _inside(formula: Formula, vocabulary: Vocabulary, level: int) -> str:
    """Render a part, in parentheses where it binds less than ``level`` (0 if, 1 or, 2 and, 3 not, names)."""
    own = 0 if isinstance(formula, If | Iff) else _STRENGTH.get(type(formula), 3)
    text = render(formula, vocabulary)
    return f"({text})" if own < level else text
