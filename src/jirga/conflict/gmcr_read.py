"""The JSON of a ``.gmcr`` file to a conflict; every problem is told by the path of its value."""

from __future__ import annotations

from typing import Any

import numpy as np

from jirga.conflict.formula import And, Formula, Matches, Not, Or, Taken
from jirga.conflict.ranking import ranks_of_order, refine
from jirga.conflict.statements import Vocabulary, render
from jirga.conflict.states import StateSpace, code_of, feasible
from jirga.conflict.types import Conflict, DecisionMaker, Direction, Option, Perception, Preference, Rule
from jirga.errors import Problem, TooLargeError

__all__ = ["Reader"]

DIRECTIONS = {"both": Direction.BOTH, "fwd": Direction.TO_YES, "back": Direction.TO_NO}
LISTED_WITH = 256 << 20  # bytes for listing states while a ranking by number is read
Json = Any


class Reader:
    """Reads one file; what is wrong is in ``problems``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.place: list[int] = []  # index in the file's list of options -> bit in the conflict
        self.vocabulary = Vocabulary()

    def tell(self, path: str, message: str) -> None:
        """Add a problem with the path of the value it is about."""
        self.problems.append(Problem(f"{path}: {message}"))

    def items(self, data: Json, path: str) -> list[Json]:
        """Return a list, or nothing when the value is none."""
        if data is None:
            return []
        if isinstance(data, list):
            return data
        self.tell(path, "a list is expected here.")
        return []

    def read(self, data: Json) -> Conflict:
        """Read everything."""
        if not isinstance(data, dict) or "decisionMakers" not in data or "options" not in data:
            self.problems.append(
                Problem("This is not a .gmcr file: “decisionMakers” and “options” are missing.")
            )
            return Conflict(self.name, ())
        raw = self.items(data["options"], "options")
        shells = [
            self._shell(dm, f"decisionMakers[{at}]", raw)
            for at, dm in enumerate(self.items(data["decisionMakers"], "decisionMakers"))
        ]
        self._check_owners(shells, len(raw))
        if self.problems:
            return Conflict(self.name, ())
        order = [index for _, options in shells for index in options]
        self.place = [order.index(index) for index in range(len(raw))]
        makers = tuple(DecisionMaker(name, name, tuple(options.values())) for name, options in shells)
        conflict = Conflict(self.name, makers)
        self.vocabulary = Vocabulary.of(conflict)
        rules = tuple(
            Rule("pattern", (render(cube, self.vocabulary),))
            for at, pairs in enumerate(self.items(data.get("infeasibles"), "infeasibles"))
            if (cube := self._cube(pairs, f"infeasibles[{at}]")) is not None
        )
        conflict = Conflict(self.name, makers, rules)
        manual = bool(data.get("useManualPreferenceRanking") or data.get("useManualPreferenceVectors"))
        words = self._words(conflict) if manual and not self.problems else []
        notes: list[str] = []
        full = tuple(
            self._maker(dm, body, f"decisionMakers[{at}]", words, notes, manual=manual)
            for at, (dm, body) in enumerate(zip(makers, data["decisionMakers"], strict=True))
        )
        return Conflict(self.name, full, rules, notes=tuple(notes))

    def _shell(self, dm: Json, path: str, raw: list[Json]) -> tuple[str, dict[int, Option]]:
        if not isinstance(dm, dict):
            self.tell(path, "a decision maker with “name” and “options” is expected here.")
            return "", {}
        name = self._name(dm.get("name"), f"{path}.name")
        out: dict[int, Option] = {}
        for at, index in enumerate(self.items(dm.get("options"), f"{path}.options")):
            where = f"{path}.options[{at}]"
            if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(raw):
                self.tell(
                    where, f"there is no option {index!r:.40}; the file has {len(raw)}, counted from 0."
                )
                continue
            out[index] = self._option(raw[index], name, f"options[{index}]")
        names = [option.id for option in out.values()]
        for twice in sorted({text for text in names if names.count(text) > 1}):
            self.tell(f"{path}.options", f"the option “{twice}” stands twice; give one of them another name.")
        return name, out

    def _name(self, value: Json, path: str) -> str:
        text = value.strip() if isinstance(value, str) else ""
        if not text or len(text) > 200 or not text.isprintable():
            self.tell(path, "a name of 1 to 200 characters is expected here.")
        return text

    def _option(self, data: Json, dm: str, path: str) -> Option:
        body = data if isinstance(data, dict) else {}
        name = self._name(body.get("name"), f"{path}.name")
        direction = body.get("permittedDirection", "both")
        if not isinstance(direction, str) or direction not in DIRECTIONS:
            self.tell(f"{path}.permittedDirection", f"both, fwd or back is expected, not {direction!r:.40}.")
            direction = "both"
        return Option(name, dm, name, DIRECTIONS[direction])

    def _check_owners(self, shells: list[tuple[str, dict[int, Option]]], options: int) -> None:
        names = [name for name, _ in shells]
        for twice in sorted({name for name in names if names.count(name) > 1}):
            self.tell("decisionMakers", f"“{twice}” stands twice; give one of them another name.")
        owned = [index for _, indices in shells for index in indices]
        for index in range(options):
            count = owned.count(index)
            if count != 1:
                owner = "nobody" if not count else f"{count} decision makers"
                self.tell(f"options[{index}]", f"the option belongs to {owner}; it needs one owner.")

    def _cube(self, pairs: Json, path: str) -> Matches | None:
        """Read ``[[index, "Y"], ...]``."""
        yes = no = 0
        found = self.items(pairs, path)
        for pair in found:
            good = isinstance(pair, list) and len(pair) == 2 and pair[1] in ("Y", "N", "-")
            index = pair[0] if good else None
            if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(self.place):
                self.tell(path, f'[option index, "Y" or "N"] is expected, not {pair!r:.60}.')
                return None
            yes |= (pair[1] == "Y") << self.place[index]
            no |= (pair[1] == "N") << self.place[index]
        if not found or yes & no:
            self.tell(path, "the condition is empty." if not found else "an option is both Y and N here.")
            return None
        return Matches(yes, no)

    def _words(self, conflict: Conflict) -> list[str]:
        """Return the Y/N words of the states in the numbering of the file (its own order of options)."""
        try:
            space: StateSpace = feasible(conflict, memory=LISTED_WITH)
        except TooLargeError as error:
            self.tell("preferenceRanking", str(error))
            return []
        words = [space.word(state) for state in range(space.m)]
        if self.place == sorted(self.place):
            return words
        return sorted(
            words, key=lambda text: sum(1 << i for i, bit in enumerate(self.place) if text[bit] == "Y")
        )

    def _maker(
        self, dm: DecisionMaker, body: Json, path: str, words: list[str], notes: list[str], *, manual: bool
    ) -> DecisionMaker:
        preferences = tuple(
            Preference((render(formula, self.vocabulary),))
            for at, item in enumerate(self.items(body.get("preferences"), f"{path}.preferences"))
            if (formula := self._preference(item, f"{path}.preferences[{at}]")) is not None
        )
        hidden = self.items(body.get("misperceptions"), f"{path}.misperceptions")
        unseen = [self._cube(pairs, f"{path}.misperceptions[{at}]") for at, pairs in enumerate(hidden)]
        patterns = tuple(render(cube, self.vocabulary) for cube in unseen if cube is not None)
        seen = Perception(patterns) if patterns else None
        if not manual:
            return DecisionMaker(dm.id, dm.label, dm.options, preferences, perceives=seen)
        key = "preferenceRanking" if "preferenceRanking" in body else "preferenceVector"
        ranking = self._ranking(body.get(key), f"{path}.{key}", words)
        if preferences and not self.problems and self._agree(preferences, ranking, words):
            return DecisionMaker(dm.id, dm.label, dm.options, preferences, perceives=seen)
        if preferences:
            unused = "; ".join(place.statements[0] for place in preferences)
            notes.append(f"The file ranks states by hand; statements of {dm.id} that it also holds: {unused}")
        return DecisionMaker(dm.id, dm.label, dm.options, ranking=ranking, perceives=seen)

    def _agree(
        self, preferences: tuple[Preference, ...], ranking: tuple[tuple[str, ...], ...], words: list[str]
    ) -> bool:
        """Tell whether the statements give the ranking that was made by hand; then they are kept instead."""
        codes = np.array(sorted(code_of(text) for text in words), dtype=np.uint64)
        space = StateSpace(codes, len(self.place))
        by_statements = refine(preferences, space, self.vocabulary)
        order = [[space.index(text) for text in tied] for tied in ranking]
        return bool((by_statements == ranks_of_order(order, space.m)).all())

    def _preference(self, item: Json, path: str) -> Formula | None:
        members = [item]
        if isinstance(item, dict):
            members = self.items(item.get("members"), f"{path}.members")
            if not members:
                self.tell(path, "a compound preference needs members.")
        found = [self._cube(member, path) for member in members]
        good = [_literals(cube) for cube in found if cube is not None]
        if not good or len(good) != len(found):
            return None
        return good[0] if len(good) == 1 else Or(tuple(good))

    def _ranking(self, data: Json, path: str, words: list[str]) -> tuple[tuple[str, ...], ...]:
        out: list[tuple[str, ...]] = []
        seen: set[int] = set()
        for at, entry in enumerate(self.items(data, path)):
            tied = entry if isinstance(entry, list) else [entry]
            for number in tied:
                if not isinstance(number, int) or not 1 <= number <= len(words):
                    self.tell(
                        f"{path}[{at}]",
                        f"there is no state {number!r:.40}; the states are 1 to {len(words)}.",
                    )
                elif number in seen:
                    self.tell(f"{path}[{at}]", f"the state {number} stands twice.")
                else:
                    seen.add(number)
            out.append(tuple(words[n - 1] for n in tied if isinstance(n, int) and 1 <= n <= len(words)))
        missing = [str(n) for n in range(1, len(words) + 1) if n not in seen]
        if missing and words:
            self.tell(path, f"the ranking misses the states {', '.join(missing[:12])}.")
        return tuple(tied for tied in out if tied)


def _literals(cube: Matches) -> Formula:
    """Return the options of a pattern by name: easier to read than signs."""
    mask = cube.yes | cube.no
    parts: list[Formula] = [
        Taken(bit) if cube.yes >> bit & 1 else Not(Taken(bit))
        for bit in range(mask.bit_length())
        if mask >> bit & 1
    ]
    return parts[0] if len(parts) == 1 else And(tuple(parts))
