"""Document nodes to a :class:`Conflict`: names, options, rules, preferences, moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jirga.conflict.document import Items, Node, Pairs, Scalar, is_null
from jirga.conflict.fields import Fields
from jirga.conflict.formula import holds
from jirga.conflict.richer import Richer
from jirga.conflict.statements import Vocabulary, is_pattern, nearest
from jirga.conflict.states import StateSpace, code_of, feasible, rule_formula, some_feasible
from jirga.conflict.types import Conflict, DecisionMaker, Direction, Evidence, Option, Preference, Rule
from jirga.errors import TooLargeError, UsageError

__all__ = ["Schema"]

TOP = ("conflict", "status_quo", "decision_makers", "infeasible", "states", "moves", "evidence", "notes")
OF_DM = (
    "label", "options", "preferences", "ranking", "weights", "strength", "unknown", "fuzzy", "probability",
    "gamma", "attitudes", "perceives", "evidence",
)  # fmt: skip
SETS = ("at_most_one", "at_least_one", "exactly_one")
CHECKED_WITH = (
    256 << 20
)  # bytes for listing states while a file is checked; larger models are checked less far


@dataclass
class _Draft:
    """One decision maker while it is read."""

    id: str
    label: str
    node: Node
    options: list[Option] = field(default_factory=list)


class Schema(Fields):
    """Reads one document; ``conflict`` is None until :meth:`read` was called."""

    def __init__(self, root: Pairs) -> None:
        super().__init__()
        self.root = root
        self.vocabulary = Vocabulary()
        self._space: StateSpace | None = None
        self._listed = False
        self._apart = 0  # problems that leave the names of options and states as they are

    def read(self) -> Conflict:
        """Read everything; what is wrong is in ``problems`` (then the result is not to be used)."""
        root = self.root
        self.mapping(root, "A conflict file", TOP)
        name = self._title()
        self._apart = len(self.problems)
        states = self._states()
        drafts = self._drafts(graph=bool(states))
        options = [option for draft in drafts for option in draft.options]
        self.named = len(self.problems) == self._apart  # names are right: words over them can be checked
        self.vocabulary = Vocabulary(tuple((option.dm, option.id) for option in options), states)
        rules = self._rules(graph=bool(states))
        shell = tuple(DecisionMaker(d.id, d.label, tuple(d.options)) for d in drafts)
        self.shell = Conflict(name, shell, rules, states=states)
        self.sound = not self.problems
        if self.sound and some_feasible(self.shell) is False:
            self.sound = False
            node = root.get("infeasible") or root
            self.tell(node, "The infeasible rules leave no state; loosen or take out one of them.")
        status_quo, evidence = self._status_quo()
        makers = tuple(self._decision_maker(draft, shell) for draft in drafts)
        moves = self._moves(tuple(d.id for d in drafts), states)
        notes = self.texts(root.get("notes"), "A note")
        return Conflict(
            name,
            makers,
            rules,
            status_quo,
            states,
            moves,
            self.evidence(root.get("evidence")),
            notes,
            evidence,
        )

    def space(self, node: Node, what: str) -> StateSpace | None:
        """Return the feasible states where they can be listed; else None (told once when too many)."""
        if not self._listed and self.sound:
            self._listed = True
            try:
                self._space = feasible(self.shell, memory=CHECKED_WITH)
            except TooLargeError as error:
                self.tell(node, f"{what} needs the states one by one. {error}")
        return self._space

    def _title(self) -> str:
        node = self.root.get("conflict")
        if node is None:
            self.tell(self.root, "“conflict: <name>” is missing.")
        return self.text(node, "The name of the conflict") or "unnamed"

    def _states(self) -> tuple[str, ...]:
        out: dict[str, None] = {}
        for item in self.items(self.root.get("states"), "“states”"):
            text = (
                self.name(item, "A state’s name")
                if isinstance(item, Scalar)
                else self.text(item, "A state’s name")
            )
            if text is not None and text in out:
                self.tell(item, f"The state “{text}” is listed twice.")
            elif text is not None:
                out[text] = None
        return tuple(out)

    def _drafts(self, *, graph: bool) -> list[_Draft]:
        pairs = self.mapping(self.root.get("decision_makers"), "“decision_makers”")
        if pairs is None or not pairs.pairs:
            self.tell(pairs or self.root, "“decision_makers:” must name at least one decision maker.")
            return []
        out = []
        for key, node in pairs.pairs.items():
            name = self.name(pairs.keys[key], "A decision maker’s name")
            if name is None:
                continue
            body = self.mapping(node, f"Decision maker “{name}”", OF_DM)
            label = self.text(body.get("label"), "A label") if body else None
            draft = _Draft(name, label or name, node)
            if body is not None and body.get("options") is not None:
                if graph:
                    self.tell(
                        body.keys["options"],
                        "A conflict has either “states” and “moves”, or options; not both.",
                    )
                else:
                    draft.options = self._options(name, body.get("options"))
            out.append(draft)
        if not graph and out and not any(draft.options for draft in out) and not self.problems:
            self.tell(pairs, "No decision maker has an option; give options, or “states” and “moves”.")
        return out

    def _options(self, dm: str, node: Node | None) -> list[Option]:
        found: list[tuple[Node, str, Node | None]] = []
        if isinstance(node, Items):
            named = ((item, self.text(item, "An option’s name")) for item in node.items)
            found = [(item, name, None) for item, name in named if name is not None]
        else:
            pairs = self.mapping(node, f"The options of “{dm}”")
            found = (
                [(pairs.keys[key], key.strip(), body) for key, body in pairs.pairs.items()] if pairs else []
            )
        out: dict[str, Option] = {}
        for place, name, body in found:
            if isinstance(place, Scalar) and self.name(place, "An option’s name") is None:
                continue
            if name in out:
                self.tell(place, f"“{dm}” has the option “{name}” twice.")
                continue
            before = len(self.problems)
            out[name] = self._option(dm, name, body)
            self._apart += len(self.problems) - before
        return list(out.values())

    def _option(self, dm: str, name: str, body: Node | None) -> Option:
        if body is None or is_null(body):
            return Option(name, dm, name)
        if isinstance(body, Scalar):
            return Option(name, dm, self.text(body, "A label") or name)
        pairs = self.mapping(body, f"Option “{name}”", ("label", "direction", "evidence"))
        if pairs is None:
            return Option(name, dm, name)
        label = self.text(pairs.get("label"), "A label") or name
        return Option(
            name, dm, label, self._direction(pairs.get("direction")), self.evidence(pairs.get("evidence"))
        )

    def _direction(self, node: Node | None) -> Direction:
        found: set[Direction] = set()
        for item in self.items(node, "“direction”", single=True):
            text = self.text(item, "A direction")
            if text in tuple(Direction):
                found.add(Direction(text))
            elif text is not None:
                known = tuple(Direction)
                self.tell(
                    item, f"There is no direction “{text}”; write {', '.join(known)}.{nearest(text, known)}"
                )
        if len(found) > 1 and node is not None:
            told = " and ".join(sorted(found))
            self.tell(node, f"The directions {told} contradict one another; write one (both is the default).")
        return found.pop() if len(found) == 1 else Direction.BOTH

    def _rules(self, *, graph: bool) -> tuple[Rule, ...]:
        node = self.root.get("infeasible")
        if graph and node is not None:
            self.tell(node, "In graph form leave an infeasible state out of “states”.")
            return ()
        found = (self._rule(item) for item in self.items(node, "“infeasible”"))
        return tuple(rule for rule in found if rule is not None)

    def _rule(self, item: Node) -> Rule | None:
        if isinstance(item, Scalar):
            return self._plain_rule(item, Evidence())
        known = ("statement", "pattern", *SETS, "evidence")
        pairs = self.mapping(item, "A rule", known)
        if pairs is None:
            return None
        evidence = self.evidence(pairs.get("evidence"))
        kinds = [kind for kind in known[:-1] if kind in pairs.pairs]
        if len(kinds) != 1:
            self.tell(item, f"A rule has exactly one of {', '.join(known[:-1])}.")
            return None
        body = pairs.get(kinds[0])
        if body is None:
            self.tell(item, f"“{kinds[0]}” is empty.")
            return None
        if kinds[0] not in SETS:
            return self._plain_rule(body, evidence)
        terms = [self.statement(term, self.vocabulary) for term in self.items(body, f"“{kinds[0]}”")]
        if len(terms) < 2 and None not in terms:
            self.tell(body, f"“{kinds[0]}” needs two options or more.")
            return None
        return Rule(kinds[0], tuple(term[0] for term in terms if term is not None), evidence)

    def _plain_rule(self, node: Node, evidence: Evidence) -> Rule | None:
        found = self.statement(node, self.vocabulary)
        if found is None:
            return None
        named = {name for _, name in self.vocabulary.options}
        kind = "pattern" if is_pattern(found[0]) and found[0] not in named else "statement"
        return Rule(kind, (found[0],), evidence)

    def _status_quo(self) -> tuple[str | None, Evidence]:
        node = self.root.get("status_quo")
        evidence = Evidence()
        if isinstance(node, Pairs) and "state" in node.pairs and "state" not in self._option_names():
            pairs = self.mapping(node, "“status_quo”", ("state", "evidence"))
            evidence = self.evidence(node.get("evidence"))
            node = pairs.get("state") if pairs else None
        if node is None:
            return None, evidence
        word = self._chosen(node) if isinstance(node, Pairs) else self.text(node, "The status quo")
        if word is None or not self.named:
            return word, evidence
        if self.shell.states:
            if word not in self.shell.states:
                self.tell(node, f"The status quo “{word}” is no state.{nearest(word, self.shell.states)}")
            return word, evidence
        return self._checked(node, word), evidence

    def _option_names(self) -> set[str]:
        return {name for _, name in self.vocabulary.options}

    def _chosen(self, node: Pairs) -> str | None:
        """Read ``option: yes/no``; an option that is not named is not taken."""
        code = 0
        for key, value in node.pairs.items():
            found = self.statement(node.keys[key], self.vocabulary)
            bit = getattr(found[1], "bit", None) if found else None
            if found is not None and bit is None:
                self.tell(node.keys[key], "The status quo names options, each with yes or no.")
            text = (self.text(value, "A value of the status quo") or "").casefold()
            if text not in ("yes", "no", "y", "n", "true", "false"):
                self.tell(value, f"Write yes or no, not “{text[:40]}”.")
            elif text in ("yes", "y", "true") and bit is not None:
                code |= 1 << bit
        return "".join("Y" if code >> bit & 1 else "N" for bit in range(len(self.vocabulary.options)))

    def _checked(self, node: Node, word: str) -> str:
        options = len(self.vocabulary.options)
        if not set(word) <= {"Y", "N"} or len(word) != options:
            if word.isdecimal() and not self.sound:
                return word  # which state this is follows from rules that are still wrong
            space = self.space(node, "A status quo by number") if word.isdecimal() else None
            if space is not None:
                try:
                    return space.word(space.index(word))
                except UsageError as error:
                    self.tell(node, str(error))
                    return word
            self.tell(
                node, f"The status quo needs one Y or N for each of the {options} options, not “{word[:80]}”."
            )
            return word
        for rule in self.shell.infeasible:
            if holds(rule_formula(rule, self.vocabulary), code_of(word)):
                told = f"{rule.kind} {', '.join(rule.terms)}" if rule.kind in SETS else rule.terms[0]
                self.tell(node, f"The status quo {word} is impossible: the rule “{told}” forbids it.")
                break
        return word

    def _decision_maker(self, draft: _Draft, makers: tuple[DecisionMaker, ...]) -> DecisionMaker:
        body = draft.node if isinstance(draft.node, Pairs) else None
        if body is None:
            return DecisionMaker(draft.id, draft.label, tuple(draft.options))
        given = [key for key in ("preferences", "ranking", "weights") if body.get(key) is not None]
        if len(given) > 1:
            self.tell(
                max((body.keys[key] for key in given), key=lambda key: key.line),
                f"“{draft.id}” has {' and '.join(given)}; keep one of them.",
            )
        richer = Richer(self, tuple(dm.id for dm in makers))
        return DecisionMaker(
            draft.id,
            draft.label,
            tuple(draft.options),
            self.preferences(body.get("preferences")),
            richer.ranking(body.get("ranking"), f"The ranking of “{draft.id}”"),
            richer.weights(body.get("weights")),
            self.whole(body.get("strength"), "“strength”", 1),
            richer.unknown(body.get("unknown")),
            richer.matrix(body.get("fuzzy"), fuzzy=True),
            richer.matrix(body.get("probability"), fuzzy=False),
            richer.gamma(body.get("gamma")),
            richer.attitudes(body.get("attitudes")),
            richer.perceives(body.get("perceives"), draft.id),
            self.evidence(body.get("evidence")),
            richer.samples,
        )

    def preferences(self, node: Node | None) -> tuple[Preference, ...]:
        """Read an order of statements, most important first."""
        found = (self._preference(item) for item in self.items(node, "“preferences”"))
        return tuple(place for place in found if place is not None)

    def _preference(self, item: Node) -> Preference | None:
        evidence, inner = Evidence(), item
        if isinstance(item, Pairs):
            pairs = self.mapping(item, "A preference", ("statement", "statements", "evidence"))
            body = item.get("statements") or item.get("statement")
            evidence = self.evidence(item.get("evidence")) if pairs else evidence
            if body is None:
                self.tell(item, "A preference with evidence has “statement:” too.")
                return None
            inner = body
        terms = [self.statement(term, self.vocabulary) for term in self.items(inner, "A place", single=True)]
        if not terms:
            self.tell(item, "This place in the preferences is empty.")
        good = tuple(term[0] for term in terms if term is not None)
        return Preference(good, evidence) if good else None

    def _moves(
        self, makers: tuple[str, ...], states: tuple[str, ...]
    ) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        node = self.root.get("moves")
        if node is not None and not states:
            self.tell(node, "“moves” goes with “states”; in option form the moves follow from the options.")
            return {}
        pairs = self.mapping(node, "“moves”", makers)
        out: dict[str, dict[str, tuple[str, ...]]] = {}
        for dm, body in pairs.pairs.items() if pairs else ():
            rows = self.mapping(body, f"The moves of “{dm}”")
            out[dm] = {}
            for start, ends in rows.pairs.items() if rows else ():
                self._known_state(rows.keys[start] if rows else body, start, states)
                nodes = self.items(ends, f"The moves of “{dm}” from “{start}”", single=True)
                texts = [(self.text(end, "A state’s name"), end) for end in nodes]
                for text, end in texts:
                    if text == start:
                        self.tell(end, f"A move leads to another state; “{start}” to itself is none.")
                    elif text is not None:
                        self._known_state(end, text, states)
                out[dm][start] = tuple(text for text, _ in texts if text is not None)
        return out

    def _known_state(self, node: Node, name: str, states: tuple[str, ...]) -> None:
        if name not in states:
            self.tell(node, f"There is no state “{name[:60]}”.{nearest(name, states)}")
