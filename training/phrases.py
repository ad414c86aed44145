"""Dependency trees built from phrases: names, noun phrases and what holds them together.

Conventions follow the English treebanks of Universal Dependencies: titles are ``nmod:desc``, personal names ``flat``,
"Foreign Ministry" and "New York" are headed by their last word, cities and their countries are ``appos``.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

LEXICON = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text())


@dataclass
class Node:
    """A word with what hangs on it; `name` marks the head of a name, whose words are those with the same `part`."""

    form: str
    tag: str
    dep: str = ""
    left: list[Node] = field(default_factory=list)
    right: list[Node] = field(default_factory=list)
    spaced: bool = True
    name: str = ""
    part: int = 0

    def as_(self, dep: str) -> Node:
        """Return the node with another label."""
        self.dep = dep
        return self

    def before(self, *nodes: Node) -> Node:
        """Put nodes before everything that stands before the word."""
        self.left[:0] = nodes
        return self

    def after(self, *nodes: Node) -> Node:
        """Put nodes behind everything."""
        self.right.extend(nodes)
        return self

    def order(self) -> list[Node]:
        """Return the words of the phrase in text order."""
        made = [word for node in self.left for word in node.order()]
        made.append(self)
        return made + [word for node in self.right for word in node.order()]


def leaf(form: str, tag: str, dep: str, spaced: bool = True) -> Node:
    """Return a word alone."""
    return Node(form, tag, dep, spaced=spaced)


def comma() -> Node:
    """Return a comma."""
    return leaf(",", ",", "punct", spaced=False)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


WORDS = {
    f"{group}.{key}": _split(value)
    for group, rows in LEXICON.items()
    for key, value in rows.items()
    if group != "persons"
}
WORDS |= {f"places.{key}": LEXICON["places"][key].split() for key in ("starts", "ends")}
WORDS |= {
    f"persons.{key}": _split(value) if ";" in value else value.split()
    for key, value in LEXICON["persons"].items()
}
COUNTRIES = [tuple(row.split("|")) for row in WORDS["countries.list"]]
VERBS = {key: [tuple(row.split("|")) for row in WORDS[f"verbs.{key}"]] for key in LEXICON["verbs"]}


class Phrases:
    """Draw phrases with a random number generator."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._part = 0

    def pick(self, key: str) -> str:
        """Return a word of the lexicon."""
        return self.rng.choice(WORDS[key])

    def chance(self, share: float) -> bool:
        """Return true in this share of the draws."""
        return self.rng.random() < share

    def name(
        self, kind: str, words: list[str], tags: list[str] | None = None, style: str = "compound"
    ) -> Node:
        """Return a name: flat (headed by its first word) or compound (by its last)."""
        self._part += 1
        tags = tags or ["NNP"] * len(words)
        nodes = [Node(w, t, part=self._part) for w, t in zip(words, tags, strict=True)]
        head, rest = (nodes[0], nodes[1:]) if style == "flat" else (nodes[-1], nodes[:-1])
        for node in rest:
            node.dep = "flat" if style == "flat" else "amod" if node.tag == "JJ" else "compound"
        head.left, head.right = ([], rest) if style == "flat" else (rest, [])
        head.name = kind
        return head

    def hyphened(self, kind: str, words: list[str]) -> Node:
        """Return a name joined by hyphens, "Ansar-e-Watan" (flat in the treebanks)."""
        head = self.name(kind, [words[0]])
        for word in words[1:]:
            for form, tag, dep in (("-", "HYPH", "punct"), (word, "NNP", "flat")):
                head.right.append(Node(form, tag, dep, spaced=False, part=self._part))
        return head

    def person(self) -> Node:
        """Return a person's name, now and then only the family's."""
        family = self.pick("persons.family")
        words = [family] if self.chance(0.25) else [self.pick("persons.given"), family]
        if len(words) == 2 and self.chance(0.15):
            words.insert(1, self.pick("persons.given"))
        if "-" in words[-1]:
            first, second = words.pop().split("-")
            head = self.name("PERSON", [*words, first], style="flat")
            for form, tag, dep in (("-", "HYPH", "punct"), (second, "NNP", "flat")):
                head.right.append(Node(form, tag, dep, spaced=False, part=self._part))
            return head
        return self.name("PERSON", words, style="flat")

    def town(self) -> Node:
        """Return an invented or capital place."""
        if self.chance(0.4):
            return self.name("LOC", self.rng.choice(COUNTRIES)[2].split(), style="compound")
        made = self.pick("places.starts") + self.pick("places.ends")
        if self.chance(0.15):
            return self.name(
                "LOC", [self.rng.choice(["North", "South", "East", "West", "New", "Upper"]), made]
            )
        return self.name("LOC", [made])

    def country(self) -> Node:
        """Return a country's name."""
        return self.name("LOC", self.rng.choice(COUNTRIES)[0].split())

    def place(self) -> Node:
        """Return a town, a country, or a town in a province."""
        if self.chance(0.3):
            return self.country()
        town = self.town()
        draw = self.rng.random()
        if draw < 0.15:
            return town.after(comma(), self.country().as_("appos"), comma())
        if draw < 0.35:
            kind = leaf(self.pick("places.kinds"), "NN", "")
            town.dep = "compound"
            return kind.before(leaf("the", "DT", "det"), town)
        return town

    def acronym(self) -> str:
        """Return three or four capitals."""
        return "".join(
            self.rng.choice("ABCDEFGHIKLMNOPRSTUW") for _ in range(self.rng.choice([2, 3, 3, 3, 4]))
        )

    def group(self) -> Node:
        """Return an armed group, body, ministry, company or outlet, with its article where it takes one."""
        return self.rng.choice(
            [self._front, self._front, self._eastern, self._eastern, self._short, self._short, self._ministry, self._outlet,
             self._company, self._single, self._front_of]
        )()  # fmt: skip

    def _the(self, node: Node, share: float = 1.0) -> Node:
        return node.before(leaf("the", "DT", "det")) if self.chance(share) else node

    def _front(self) -> Node:
        words, tags = [self.pick("groups.bodies")], ["NNP"]
        words.insert(0, self.pick("groups.themes").replace("People's", "Popular"))
        tags.insert(0, "NNP")
        if self.chance(0.7):
            words.insert(0, self.pick("groups.adjectives"))
            tags.insert(0, "JJ" if words[0] not in ("Rapid",) else "NNP")
        if self.chance(0.35):
            words.insert(0, self.rng.choice(COUNTRIES)[1])
            tags.insert(0, "JJ")
        head = self._the(self.name("ORG", words, tags), 0.9)
        if self.chance(0.25):
            short = self.name("ORG", ["".join(w[0] for w in words)]).as_("appos")
            short.left.insert(0, leaf("(", "-LRB-", "punct"))
            short.right.append(leaf(")", "-RRB-", "punct", spaced=False))
            short.spaced = False
            head.after(short)
        return head

    def _front_of(self) -> Node:
        head = self.name(
            "ORG", [self.pick("groups.themes").replace("People's", "Popular"), self.pick("groups.bodies")]
        )
        place = self.rng.choice(COUNTRIES)[0].split()
        tail = Node(place[-1], "NNP", "nmod", part=head.part)
        tail.left = [Node("of", "IN", "case", part=head.part)]
        tail.left += [Node(word, "NNP", "compound", part=head.part) for word in place[:-1]]
        return self._the(head.after(tail))

    def _eastern(self) -> Node:
        if self.chance(0.5):
            second = self.pick("places.starts") + self.pick("places.ends")
            node = self.hyphened("ORG", [self.pick("groups.persian"), "e", second.capitalize()])
            if self.chance(0.5):
                node.right.append(
                    Node(self.rng.choice(COUNTRIES)[0].split()[0], "NNP", "flat", part=node.part)
                )
            return node
        node = self.name("ORG", [self.pick("groups.arabic")])
        node.right += [Node(f, t, d, spaced=s, part=node.part) for f, t, d, s in (
            ("al", "NNP", "flat", True), ("-", "HYPH", "punct", False),
            ((self.pick("places.starts") + self.pick("places.ends")).capitalize(), "NNP", "flat", False))]  # fmt: skip
        return node

    def _short(self) -> Node:
        return self._the(self.name("ORG", [self.acronym()]), 0.6)

    def _single(self) -> Node:
        return self._the(
            self.name("ORG", [self.pick("groups.single")], ["NNPS" if self.chance(0.3) else "NNP"]), 0.7
        )

    def _ministry(self) -> Node:
        if self.chance(0.5):
            head = self.name("ORG", [self.pick("groups.ministries"), "Ministry"])
            if self.chance(0.5):
                head.before(leaf(self.rng.choice(COUNTRIES)[1], "JJ", "amod"))
            return self._the(head)
        head = self.name("ORG", ["Ministry"])
        topic = self.pick("groups.topics").split()
        tail = Node(topic[-1], "NNP", "nmod", part=head.part)
        tail.left = [Node("of", "IN", "case", part=head.part)]
        tail.left += [Node(w, "NNP", "amod", part=head.part) for w in topic[:-1]]
        return self._the(head.after(tail))

    def _outlet(self) -> Node:
        if self.chance(0.4):
            return self.name("ORG", [self.pick("groups.outlet_single")])
        first = self.rng.choice(
            [self.pick("places.starts") + self.pick("places.ends"), *self.rng.choice(COUNTRIES)[:2]]
        )
        return self._the(self.name("ORG", [*first.split(), self.pick("groups.outlet_ends")]), 0.4)

    def _company(self) -> Node:
        return self.name(
            "ORG", [self.pick("places.starts") + self.pick("places.ends"), self.pick("groups.companies")]
        )
