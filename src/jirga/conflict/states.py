"""Which states can be: feasible codes in increasing order, their words, and finding states by text.

Feasible states are built one option at a time, from the first (lowest bit) up: each partial state is doubled
and those that already break a rule are dropped at once. So forty options with few feasible states cost
little, and the order is by increasing code without a sort.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jirga.conflict.formula import And, CodeArray, Formula, Not, Or, bits_of, evaluate, undecided
from jirga.conflict.statements import Vocabulary, is_pattern, nearest, parse
from jirga.conflict.types import Conflict, Rule
from jirga.errors import StatementError, TooLargeError, UsageError

__all__ = [
    "MAX_OPTIONS",
    "StateSpace",
    "available_memory",
    "code_of",
    "feasible",
    "find",
    "rule_formula",
    "rules_of",
    "some_feasible",
    "word",
]

MAX_OPTIONS = 63  # a code is one unsigned 64-bit number; one bit is kept free
BYTES_PER_STATE = (
    72  # codes while they double, a ranking while it is sorted, and the ranks of some decision makers
)
ESTIMATED_FROM = 24  # options; fewer are listed in seconds whatever the rules
ESTIMATE_WIDTH = (
    4_000  # partial states of which the growth is seen well enough to tell gigabytes from terabytes
)
CHUNK = 1 << 20  # partial states that a rule looks at together, so that its temporaries stay small


@dataclass(frozen=True, eq=False)
class StateSpace:
    """The states of a conflict.

    Attributes
    ----------
    codes : ndarray of uint64, shape (m,)
        Option form: feasible codes in increasing order. Graph form: 0..m-1.
    n_options : int
    names : tuple of str
        Graph form: names of the states; empty in option form.
    """

    codes: CodeArray
    n_options: int
    names: tuple[str, ...] = ()

    @property
    def m(self) -> int:
        """Number of states."""
        return int(self.codes.shape[0])

    def word(self, state: int) -> str:
        """Return the Y/N word of a state (0-based number); in graph form its name."""
        return self.names[state] if self.names else word(int(self.codes[state]), self.n_options)

    def number_of(self, code: int) -> int | None:
        """Return the 0-based number of a code, or None when it is not feasible."""
        at = int(np.searchsorted(self.codes, np.uint64(code)))
        return at if at < self.m and int(self.codes[at]) == code else None

    def index(self, text: str) -> int:
        """Return the 0-based number of a state given as Y/N word, name, or number counted from 1.

        Raises
        ------
        UsageError
            When there is no such state; the message tells what would be one.
        """
        if self.names and text in self.names:
            return self.names.index(text)
        if not self.names and is_pattern(text) and "-" not in text:
            if len(text) != self.n_options:
                raise UsageError(
                    f"“{text}” has {len(text)} signs; the conflict has {self.n_options} options."
                )
            number = self.number_of(code_of(text))
            if number is None:
                raise UsageError(f"The state {text} is not feasible.")
            return number
        if text.isdecimal() and len(text) < 20:
            if 1 <= int(text) <= self.m:
                return int(text) - 1
            raise UsageError(f"There is no state {text}; the states are numbered 1 to {self.m}.")
        what = "its name" if self.names else f"a Y/N word of {self.n_options} signs"
        how = nearest(text, self.names) or f" Write {what} or a number from 1 to {self.m}."
        raise UsageError(f"There is no state “{text}”.{how}")


def word(code: int, n_options: int) -> str:
    """Write a code as a Y/N word, first option first."""
    return "".join("Y" if code >> bit & 1 else "N" for bit in range(n_options))


def code_of(text: str) -> int:
    """Read a Y/N word as a code."""
    return sum(1 << bit for bit, sign in enumerate(text) if sign == "Y")


def rule_formula(rule: Rule, vocabulary: Vocabulary) -> Formula:
    """Return the formula that is true exactly where the rule forbids a state.

    Raises
    ------
    StatementError
        When one of its terms does not parse.
    """
    terms = tuple(parse(term, vocabulary) for term in rule.terms)
    if rule.kind in ("statement", "pattern"):
        return terms[0]
    none = Not(Or(terms))
    two = Or(tuple(And((a, b)) for at, a in enumerate(terms) for b in terms[at + 1 :]))
    if rule.kind == "at_most_one":
        return two
    return none if rule.kind == "at_least_one" else Or((two, none))


def rules_of(conflict: Conflict, vocabulary: Vocabulary | None = None) -> tuple[Formula, ...]:
    """Return one formula for each rule, true where the rule forbids a state."""
    vocabulary = vocabulary or Vocabulary.of(conflict)
    return tuple(rule_formula(rule, vocabulary) for rule in conflict.infeasible)


def available_memory() -> int:
    """Return the bytes that this process may still take, as far as the system tells (else 4 GiB)."""
    found = []
    for path, key in (("/proc/meminfo", "MemAvailable:"),):
        try:
            for line in Path(path).read_text(encoding="ascii").splitlines():
                if line.startswith(key):
                    found.append(int(line.split()[1]) * 1024)
        except (OSError, ValueError, IndexError):
            continue
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii").strip()
        used = Path("/sys/fs/cgroup/memory.current").read_text(encoding="ascii").strip()
        if limit.isdecimal():
            found.append(int(limit) - int(used))
    except (OSError, ValueError):
        pass
    return min(found, default=4 << 30)


def feasible(conflict: Conflict, *, memory: int | None = None) -> StateSpace:
    """List the feasible states of a conflict.

    Parameters
    ----------
    conflict : Conflict
    memory : int or None
        Bytes that may be used; None asks the system.

    Returns
    -------
    StateSpace

    Raises
    ------
    TooLargeError
        Before anything is allocated, when the list would not fit; says what to do.
    StatementError
        When a rule does not parse.
    """
    if conflict.states:
        return StateSpace(np.arange(len(conflict.states), dtype=np.uint64), 0, conflict.states)
    options = len(conflict.options)
    if options > MAX_OPTIONS:
        raise TooLargeError(
            f"The conflict has {options} options; listed states have at most {MAX_OPTIONS}. "
            "Use the symbolic engine."
        )
    budget = available_memory() if memory is None else memory
    rules = rules_of(conflict)
    if options > ESTIMATED_FROM:
        _told_before(1 << (options - _named(rules).bit_count()), budget)
        left, share = _thinned(rules, options, ESTIMATE_WIDTH)
        if left / share * BYTES_PER_STATE > 2 * budget:  # an estimate has to be clear to refuse
            _told_before(round(left / share), budget, "About")
    return StateSpace(_grow(rules, options, budget), options)


def _grow(rules: Sequence[Formula], options: int, budget: int) -> CodeArray:
    named = [bits_of(rule) for rule in rules]
    codes: CodeArray = np.zeros(1, dtype=np.uint64)
    for bit in range(options):
        free = sum(1 for later in range(bit, options) if not any(mask >> later & 1 for mask in named))
        _told_before(codes.shape[0] << max(free, 1), budget)
        codes = np.concatenate((codes, codes | np.uint64(1 << bit)))
        known = (2 << bit) - 1
        for rule, mask in zip(rules, named, strict=True):
            if mask >> bit & 1:
                codes = codes[_allowed(rule, codes, known)]
    for rule, mask in zip(rules, named, strict=True):
        if not mask:  # a rule that names no option is true or false everywhere
            codes = codes[~evaluate(rule, codes)]
    return codes


def some_feasible(conflict: Conflict, *, width: int = 20_000) -> bool | None:
    """Tell whether any state is feasible, without listing them all.

    The same growth as :func:`feasible`, keeping at most ``width`` evenly chosen partial states at each
    option.

    Returns
    -------
    bool or None
        None when none was found but some had been left out on the way.
    """
    rules = rules_of(conflict)
    options = len(conflict.options)
    if conflict.states or options > MAX_OPTIONS:
        return True if conflict.states or not rules else None
    found, share = _thinned(rules, options, width)
    return True if found else (False if share == 1.0 else None)


def _thinned(rules: Sequence[Formula], options: int, width: int) -> tuple[int, float]:
    """Grow the states but keep at most ``width`` of them; return how many are left and which share was kept."""
    codes: CodeArray = np.zeros(1, dtype=np.uint64)
    share = 1.0
    for bit in range(options):
        codes = np.concatenate((codes, codes | np.uint64(1 << bit)))
        for rule in rules:
            codes = codes[~undecided(rule, codes, (2 << bit) - 1)[0]]
        if codes.shape[0] > width:
            before = codes.shape[0]
            codes = codes[:: before // width + 1]
            share *= codes.shape[0] / before
    for rule in rules:
        codes = codes[~evaluate(rule, codes)]
    return codes.shape[0], share


def _allowed(rule: Formula, codes: CodeArray, known: int) -> NDArray[np.bool_]:
    keep = np.empty(codes.shape, dtype=np.bool_)
    whole = bits_of(rule) & ~known == 0
    for begin in range(0, codes.shape[0], CHUNK):
        part = codes[begin : begin + CHUNK]
        broken = evaluate(rule, part) if whole else undecided(rule, part, known)[0]
        keep[begin : begin + CHUNK] = ~broken
    return keep


def _named(rules: Sequence[Formula]) -> int:
    """Return the options that some rule names, as a mask."""
    mask = 0
    for rule in rules:
        mask |= bits_of(rule)
    return mask


def _told_before(states: int, budget: int, about: str = "At least") -> None:
    need = states * BYTES_PER_STATE
    if need > budget:
        raise TooLargeError(
            f"{about} {states:,} states would have to be listed, about {need / 2**30:,.1f} GiB, and "
            f"{max(budget, 0) / 2**30:,.1f} GiB are free. Add infeasible rules, take out options, "
            "or use the symbolic engine."
        )


def find(conflict: Conflict, space: StateSpace, text: str) -> NDArray[np.int32]:
    """Find the states that a text names: a statement, a pattern, a Y/N word, a state's name or number.

    Returns
    -------
    ndarray of int32
        0-based numbers in increasing order; may be empty for a statement that is true nowhere.

    Raises
    ------
    UsageError
        When the text is none of these.
    """
    text = text.strip()
    if text in space.names:  # a name with spaces needs no quotation marks when it stands alone
        return np.array([space.index(text)], dtype=np.int32)
    try:
        formula = parse(text, Vocabulary.of(conflict))
    except StatementError as error:
        if text.isdecimal():
            return np.array([space.index(text)], dtype=np.int32)
        raise UsageError(str(error)) from error
    return np.flatnonzero(evaluate(formula, space.codes)).astype(np.int32)
