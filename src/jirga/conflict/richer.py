"""Document nodes to the richer preferences: rankings, weights, matrices, attitudes, perception."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from jirga.conflict.document import Items, Node, Pairs, Scalar
from jirga.conflict.orders import Cycle, Incomparable, order_of_chains
from jirga.conflict.ranking import ranks_of_order
from jirga.conflict.statements import nearest
from jirga.conflict.states import StateSpace
from jirga.conflict.types import Perception, Preference
from jirga.errors import UsageError

if TYPE_CHECKING:
    from jirga.conflict.schema import Schema

__all__ = ["Richer"]

Ranking = tuple[tuple[str, ...], ...]
Matrix = tuple[tuple[float, ...], ...]
SIGNS = {
    "+": 1,
    "positive": 1,
    "1": 1,
    "+1": 1,
    "0": 0,
    "neutral": 0,
    "-": -1,
    "−": -1,
    "negative": -1,
    "-1": -1,
}
TOLERANCE = 1e-9  # r(a, b) + r(b, a) = 1 up to what a decimal fraction loses in binary


class Richer:
    """Reads what stands beside or instead of preference statements."""

    def __init__(self, schema: Schema, makers: tuple[str, ...]) -> None:
        self.schema, self.makers = schema, makers
        self.samples: dict[str, tuple[Ranking, ...]] = {}

    def ranking(self, node: Node | None, what: str) -> Ranking:
        """Read an order of all states, best first; ties in lists, or chains as in ``a > b = c``."""
        read = self.schema
        entries = read.items(node, what, single=True)
        if node is None or not entries:
            return ()
        space = read.space(node, what)
        if space is None:
            self._shapes(entries, what)
            return ()
        chains = [e for e in entries if isinstance(e, Scalar) and ">" in e.text and e.text not in space.names]
        if chains:
            return self._chains(node, entries, space, what)
        tiers: list[tuple[str, ...]] = []
        seen: dict[int, str] = {}
        for entry in entries:
            tied = []
            for item in read.items(entry, "States that tie", single=True):
                state = self._state(item, space)
                if state is None or not isinstance(item, Scalar):
                    continue
                if state in seen:
                    self._repeated(item, item.text, seen[state], tiers, what)
                    continue
                seen[state] = item.text.strip()
                tied.append(item.text.strip())
            tiers.append(tuple(tied))
        self._missing(node, space, set(seen), what)
        return tuple(tied for tied in tiers if tied)

    def _shapes(self, entries: Sequence[Node], what: str) -> None:
        """Check what can be checked of a ranking while rules are wrong: its words, and that none stands twice."""
        read, seen = self.schema, set[str]()
        size = len(read.vocabulary.options)
        for item in (one for entry in entries for one in read.items(entry, "States that tie", single=True)):
            text = item.text.strip() if isinstance(item, Scalar) else ""
            if not read.named or read.vocabulary.states or not text or text.isdecimal():
                continue
            if set(text) - {"Y", "N"} or len(text) != size:
                read.tell(
                    item, f"There is no state “{text[:80]}”. Write a Y/N word of {size} signs or a number."
                )
            elif text in seen:
                read.tell(item, f"{what} has the state {text} twice; keep one.")
            seen.add(text)

    def _repeated(
        self, item: Node, text: str, first: str, tiers: Sequence[tuple[str, ...]], what: str
    ) -> None:
        between = [tied[0] for tied in tiers if tied]
        names = between[next((at for at, tied in enumerate(tiers) if first in tied), len(between)) :]
        cycle = f" (a cycle: {' > '.join([*names, text.strip()])})" if len(names) > 1 else ""
        self.schema.tell(item, f"{what} has the state {text.strip()} twice{cycle}; keep one.")

    def _missing(self, node: Node, space: StateSpace, seen: set[int], what: str) -> None:
        missing = [space.word(state) for state in range(space.m) if state not in seen]
        if missing and self.schema.sound:
            more = f" and {len(missing) - 8:,} more" if len(missing) > 8 else ""
            self.schema.tell(
                node, f"{what} misses {', '.join(missing[:8])}{more}; every feasible state has a place."
            )

    def _state(self, item: Node, space: StateSpace) -> int | None:
        text = self.schema.text(item, "A state")
        if text is None:
            return None
        try:
            return space.index(text)
        except UsageError as error:
            self.schema.tell(item, str(error))
            return None

    def _chains(self, node: Node, entries: Sequence[Node], space: StateSpace, what: str) -> Ranking:
        chains: list[list[list[int]]] = []
        good = True
        for entry in entries:
            text = self.schema.text(entry, "A chain such as “a > b = c”") or ""
            chain = []
            for part in text.split(">"):
                tied = [
                    self._state(Scalar(name.strip(), entry.line, entry.column), space)
                    for name in part.split("=")
                ]
                good = good and None not in tied
                chain.append([state for state in tied if state is not None])
            chains.append(chain)
        if not good:
            return ()
        self._missing(node, space, {state for chain in chains for tied in chain for state in tied}, what)
        found = order_of_chains(chains)
        if isinstance(found, Cycle):
            told = " > ".join(space.word(state) for state in found.states)
            self.schema.tell(node, f"{what} runs in a circle: {told}; take out one of these.")
        elif isinstance(found, Incomparable):
            first, second = (space.word(state) for state in found.states)
            self.schema.tell(
                node, f"{what} does not say which of {first} and {second} is better, or whether they tie."
            )
        else:
            return tuple(tuple(space.word(state) for state in tied) for tied in found)
        return ()

    def weights(self, node: Node | None) -> Mapping[str, float]:
        """Read the weight of each option (or ``not option``)."""
        pairs = self.schema.mapping(node, "“weights”")
        out: dict[str, float] = {}
        for key, value in pairs.pairs.items() if pairs else ():
            found = self.schema.statement(pairs.keys[key], self.schema.vocabulary) if pairs else None
            weight = self.schema.number(value, f"The weight of “{key}”")
            if found is not None and weight is not None:
                out[found[0]] = weight
        return out

    def unknown(self, node: Node | None) -> tuple[str | tuple[str, str], ...]:
        """Read statements whose place is not known, and pairs of states that are not compared."""
        out: list[str | tuple[str, str]] = []
        for item in self.schema.items(node, "“unknown”"):
            if isinstance(item, Items):
                pair = self._pair(item)
                if pair is not None:
                    out.append(pair)
            else:
                found = self.schema.statement(item, self.schema.vocabulary)
                if found is not None:
                    out.append(found[0])
        return tuple(out)

    def _pair(self, item: Items) -> tuple[str, str] | None:
        space = self.schema.space(item, "A pair of states")
        if space is None:
            return None
        states = [self._state(part, space) for part in item.items]
        texts = [part.text.strip() for part in item.items if isinstance(part, Scalar)]
        if len(item.items) != 2 or (None not in states and states[0] == states[1]):
            self.schema.tell(item, "An unknown pair names two different states.")
            return None
        return None if None in states else (texts[0], texts[1])

    def matrix(self, node: Node | None, *, fuzzy: bool) -> Matrix | None:
        """Read a matrix over the feasible states, or make it of samples of rankings."""
        what = "“fuzzy”" if fuzzy else "“probability”"
        if node is None:
            return None
        space = self.schema.space(node, what)
        if isinstance(node, Pairs):
            pairs = self.schema.mapping(node, what, ("matrix", "samples"))
            inner = node.get("matrix")
            if pairs is not None and inner is None:
                return self._samples(node, space, what, fuzzy=fuzzy)
            node = inner or node
        rows = [self._row(row, what) for row in self.schema.items(node, what)]
        if space is None or any(row is None for row in rows):
            return None
        matrix = tuple(row for row in rows if row is not None)
        wrong = [len(row) for row in matrix if len(row) != space.m]
        if wrong or len(matrix) != space.m:
            columns = f"a row of {wrong[0]}" if wrong else f"{space.m} in each"
            shape = f"{len(matrix)} rows with {columns}"
            self.schema.tell(
                node, f"{what} must be {space.m} x {space.m} (one row for each feasible state), not {shape}."
            )
            return None
        return matrix if self._consistent(node, matrix, space, what, fuzzy=fuzzy) else None

    def _row(self, node: Node, what: str) -> tuple[float, ...] | None:
        values = [self.schema.number(item, f"A value of {what}") for item in self.schema.items(node, what)]
        for item, value in zip(self.schema.items(node, what), values, strict=True):
            if value is not None and not 0.0 <= value <= 1.0:
                self.schema.tell(item, f"A value of {what} lies between 0 and 1, not {value:g}.")
                return None
        return None if None in values else tuple(value for value in values if value is not None)

    def _consistent(self, node: Node, matrix: Matrix, space: StateSpace, what: str, *, fuzzy: bool) -> bool:
        for a in range(space.m):
            for b in range(a, space.m):
                both = matrix[a][b] + matrix[b][a]
                names = f"{space.word(a)} and {space.word(b)}"
                if fuzzy and abs(both - 1.0) > TOLERANCE:
                    need = "the diagonal is 0.5" if a == b else "the two directions add up to 1"
                    self.schema.tell(node, f"{what}: {need}, but for {names} they give {both:g}.")
                    return False
                if not fuzzy and (both > 1.0 + TOLERANCE or (a == b and both > 0.0)):
                    need = "the diagonal is 0" if a == b else "the two directions add up to at most 1"
                    self.schema.tell(node, f"{what}: {need}, but for {names} they give {both:g}.")
                    return False
        return True

    def _samples(self, node: Pairs, space: StateSpace | None, what: str, *, fuzzy: bool) -> Matrix | None:
        """Count over sampled rankings how often one state is above another; fuzzy ties count half."""
        entries = self.schema.items(node.get("samples"), f"{what} samples")
        if not entries:
            self.schema.tell(node, f"{what} needs “matrix” or “samples”.")
        orders = [self.ranking(entry, f"A sample of {what}") for entry in entries]
        if space is None or not orders or not all(orders):
            return None
        self.samples["fuzzy" if fuzzy else "probability"] = tuple(orders)
        total = [[0.0] * space.m for _ in range(space.m)]
        for order in orders:
            rank = ranks_of_order(
                [[space.index(state) for state in tied] for tied in order], space.m
            ).tolist()
            for a in range(space.m):
                for b in range(space.m):
                    tie = 0.5 if fuzzy and rank[a] == rank[b] else 0.0
                    total[a][b] += 1.0 if rank[a] > rank[b] else tie
        return tuple(tuple(value / len(orders) for value in row) for row in total)

    def gamma(self, node: Node | None) -> float:
        """Read the satisficing threshold, above 0 and at most 1."""
        value = self.schema.number(node, "“gamma”")
        if value is not None and node is not None and not 0.0 < value <= 1.0:
            self.schema.tell(node, f"“gamma” lies above 0 and is at most 1, not {value:g}.")
        return 1.0 if value is None else value

    def attitudes(self, node: Node | None) -> Mapping[str, int]:
        """Read the attitude towards each decision maker: ``+``, ``0`` or ``-``."""
        pairs = self.schema.mapping(node, "“attitudes”", self.makers)
        out: dict[str, int] = {}
        for dm, value in pairs.pairs.items() if pairs else ():
            text = self.schema.text(value, "An attitude")
            if text is not None and text.casefold() in SIGNS:
                out[dm] = SIGNS[text.casefold()]
            elif text is not None:
                self.schema.tell(value, f'An attitude is "+", "0" or "-", not “{text[:40]}”.')
        return out

    def perceives(self, node: Node | None, own: str) -> Perception | None:
        """Read what a decision maker sees otherwise than it is."""
        read = self.schema
        pairs = read.mapping(node, "“perceives”", ("unseen", "preferences", "rankings"))
        if pairs is None:
            return None
        unseen = (
            read.statement(item, read.vocabulary)
            for item in read.items(pairs.get("unseen"), "“unseen”", single=True)
        )
        preferences: dict[str, tuple[Preference, ...]] = {}
        rankings: dict[str, Ranking] = {}
        for key, body in self._others(pairs.get("preferences"), own):
            preferences[key] = read.preferences(body)
        for key, body in self._others(pairs.get("rankings"), own):
            rankings[key] = self.ranking(body, f"The ranking of “{key}” as “{own}” sees it")
            if key in preferences:
                read.tell(body, f"“{key}” is perceived by preferences and by a ranking; keep one.")
        return Perception(tuple(term[0] for term in unseen if term is not None), preferences, rankings)

    def _others(self, node: Node | None, own: str) -> list[tuple[str, Node]]:
        pairs = self.schema.mapping(node, "What is perceived")
        out = []
        for dm, body in pairs.pairs.items() if pairs else ():
            if dm == own:
                self.schema.tell(
                    body, f"“{own}” cannot misperceive its own preferences; change them instead."
                )
            elif dm not in self.makers:
                self.schema.tell(body, f"There is no decision maker “{dm}”.{nearest(dm, self.makers)}")
            else:
                out.append((dm, body))
        return out
