"""Constructed sentences: the ways in which reports attribute and demand, which the treebanks hold too few of.

``python training/constructed.py --seed 1 --count 20`` prints some.
"""

from __future__ import annotations

import argparse
import random

from spacy.tokens import Doc, Span

from clauses import Clauses
from phrases import VERBS, Node, comma, leaf
from treebank import NLP, Text, project

QUOTES = (("“", "”"), ("“", "”"), ('"', '"'), ('"', '"'), ("‘", "’"))


class Sentences(Clauses):
    """Draw whole sentences."""

    def sentence(self) -> Node:
        """Return the root of a random sentence."""
        patterns = [
            self.quote_first, self.quote_first, self.quote_first, self.said_that, self.said_that, self.trailing, self.trailing,
            self.medial, self.according, self.plain, self.plain, self.dateline, self.told, self.reportedly, self.noun_that,
            self.quoted_as, self.colon,
        ]  # fmt: skip
        return self.rng.choice(patterns)()

    def draw(self) -> list[Node]:
        """Return the roots of one or two sentences that belong together."""
        chance = self.rng.random()
        if chance < 0.06:
            return self.running_quote()
        return [self.alone()] if chance < 0.1 else [self.sentence()]

    def running_quote(self) -> list[Node]:
        """“... . ...,” he said: the quote begins in the sentence before."""
        said = self.quote_first()
        quoted = next(node for node in said.left if node.dep == "ccomp")
        opening = quoted.left.pop(0)
        quoted.order()[0].spaced = True
        first = self.content()
        capital(first).spaced = False
        return [first.before(opening).after(leaf(".", ".", "punct", spaced=False)), said]

    def alone(self) -> Node:
        """“... .” with nobody said to say it: what follows is a sentence of its own."""
        return self.quoted(self.content(), ".")

    def source(self) -> tuple[Node, bool]:
        """Return who speaks."""
        draw = self.rng.random()
        if draw < 0.35:
            return self.titled(), False
        if draw < 0.5:
            return self.role(), False
        if draw < 0.65:
            return self.sources(), True
        if draw < 0.8:
            return self.rng.choice(
                [
                    (leaf("he", "PRP", ""), False),
                    (leaf("she", "PRP", ""), False),
                    (leaf("they", "PRP", ""), True),
                ]
            )
        return (self.group(), False) if self.chance(0.6) else (self.side(), False)

    def sources(self) -> Node:
        """Return "diplomatic sources", "officials close to the talks"."""
        head = leaf(self.pick("nouns.sources"), "NNS", "")
        if self.chance(0.5):
            head.before(leaf(self.pick("nouns.source_modifiers"), "JJ", "amod"))
        if self.chance(0.2):
            close = leaf("close", "JJ", "amod")
            head.after(
                close.after(
                    leaf("talks", "NNS", "obl").before(leaf("to", "IN", "case"), leaf("the", "DT", "det"))
                )
            )
        return head

    def cue(self, tell: bool = False) -> Node:
        """Return a verb of saying, in the past three times in four."""
        forms = ("tell", "tells", "told", "told", "telling") if tell else self.rng.choice(VERBS["say"])
        return leaf(forms[2], "VBD", "") if self.chance(0.8) else leaf(forms[1], "VBZ", "")

    def audience(self) -> Node:
        """Return who is told."""
        draw = self.rng.random()
        if draw < 0.5:
            return leaf(self.rng.choice(["reporters", "journalists", "lawmakers", "residents"]), "NNS", "")
        return self._outlet() if draw < 0.8 else self.titled()

    def quoted(self, head: Node, end: str = ",") -> Node:
        """Put a clause in quotation marks, its comma or stop inside or outside them."""
        begin, close = self.rng.choice(QUOTES)
        opening, closing = leaf(begin, "``", "punct"), leaf(close, "''", "punct", spaced=False)
        first = capital(head)
        first.spaced = False
        head.before(opening)
        opening.spaced = True
        mark = leaf(end, "," if end == "," else ".", "punct", spaced=False)
        return head.after(mark, closing) if self.chance(0.85) else head.after(closing, mark)

    def attribution(self, verb: Node, inverted: float = 0.3) -> Node:
        """Give a verb of saying its source, before it or behind."""
        source, plural = self.source()
        if plural and verb.tag == "VBZ":
            verb.form, verb.tag = verb.form.removesuffix("s"), "VBP"
        if source.tag == "PRP" or not self.chance(inverted):
            verb.before(source.as_("nsubj"))
        else:
            verb.after(source.as_("nsubj"))
        if self.chance(0.25):
            verb.after(self.when())
        if self.chance(0.12):
            verb.after(
                leaf("statement", "NN", "obl").before(leaf("in", "IN", "case"), leaf("a", "DT", "det"))
            )
        return verb

    def content(self) -> Node:
        """Return the clause that is said; often several coordinated."""
        clause = self.finite(1)
        if self.chance(0.15):
            other = self.finite(2).before(leaf(self.rng.choice(["and", "but"]), "CC", "cc")).as_("conj")
            clause.after(comma(), other)
        return clause

    def quote_first(self) -> Node:
        """“...,” he said. Now and then the quote ends in a stop of its own, and its sentence still goes on."""
        end = self.rng.choice([",", ",", ",", ",", ".", ".", "?", "!"])
        verb = self.cue(tell=self.chance(0.15))
        if verb.form.startswith(("told", "tell")):
            verb.after(self.audience().as_("iobj"))
            verb.before(self.source()[0].as_("nsubj"))
        else:
            self.attribution(verb, 0.4)
        return verb.before(self.quoted(self.content(), end).as_("ccomp"))

    def trailing(self) -> Node:
        """..., sources said / said sources / he added."""
        verb = self.attribution(self.cue(), 0.4)
        return verb.before(self.content().after(comma()).as_("ccomp"))

    def said_that(self) -> Node:
        """X said (that) ..."""
        verb = self.attribution(self.cue(), 0.0)
        content = self.content()
        if self.chance(0.5):
            content.before(leaf("that", "IN", "mark"))
        elif self.chance(0.2):
            content = self.quoted(content, ".")
            first = content.left[0]
            content.right = [n for n in content.right if n.form != "."]
            content.before(comma()) if first.form in '“"‘' else None
        return verb.after(content.as_("ccomp"))

    def medial(self) -> Node:
        """Return "The talks, he said, have failed"."""
        clause = self.finite(1)
        verb = self.attribution(self.cue(), 0.4).as_("parataxis")
        at = next((k for k, n in enumerate(clause.left) if n.dep.startswith("nsubj")), -1) + 1
        clause.left[at:at] = [comma(), verb, comma()]
        return clause

    def according(self) -> Node:
        """According to X, ... / ..., according to X."""
        source, _ = self.source()
        if source.tag == "PRP":
            source = self.sources()
        case = leaf("according", "VBG", "case").after(leaf("to", "IN", "fixed"))
        source.before(case).as_("obl")
        clause = self.content()
        return clause.before(source, comma()) if self.chance(0.5) else clause.after(comma(), source)

    def plain(self) -> Node:
        """Return a clause stated as fact, perhaps with a time first."""
        clause = self.finite()
        if self.chance(0.2):
            clause.before(self.when(), comma())
        return clause

    def dateline(self) -> Node:
        """KABUL: ... / ISLAMABAD (Reuters) - ..."""
        clause = self.said_that() if self.chance(0.5) else self.plain()
        town = self.town().as_("dep")
        for node in town.order():
            node.form = node.form.upper() if self.chance(0.8) else node.form
        if self.chance(0.4):
            agency = self._outlet().as_("dep")
            agency.left = [leaf("(", "-LRB-", "punct"), *agency.left]
            agency.order()[1].spaced = False
            agency.right.append(leaf(")", "-RRB-", "punct", spaced=False))
            town.after(agency)
        capital(clause)
        mark = self.rng.choice([":", "-", "–", "—", "--"])
        return clause.before(town, leaf(mark, ":" if mark == ":" else ",", "punct", spaced=mark != ":"))

    def told(self) -> Node:
        """X told reporters that ..."""
        verb = self.cue(tell=True)
        verb.before(self.source()[0].as_("nsubj")).after(self.audience().as_("iobj"))
        if self.chance(0.3):
            verb.after(self.when())
        content = self.content()
        return verb.after(
            content.before(leaf("that", "IN", "mark")).as_("ccomp")
            if self.chance(0.75)
            else content.as_("ccomp")
        )

    def reportedly(self) -> Node:
        """X has reportedly ..."""
        clause = self.finite()
        at = next((k for k, n in enumerate(clause.left) if n.dep.startswith("nsubj")), -1) + 1
        clause.left.insert(
            at, leaf(self.rng.choice(["reportedly", "allegedly", "apparently"]), "RB", "advmod")
        )
        return clause

    def noun_that(self) -> Node:
        """X rejected the claim that ... / its refusal to ..."""
        verb = leaf(
            self.rng.choice(["rejected", "denied", "repeated", "dismissed", "welcomed", "echoed"]), "VBD", ""
        )
        verb.before(self.actor()[0].as_("nsubj"))
        if self.chance(0.6):
            noun = leaf(
                self.rng.choice(["claim", "allegation", "demand", "report", "accusation", "warning"]),
                "NN",
                "obj",
            )
            noun.after(self.finite(1).before(leaf("that", "IN", "mark")).as_("acl"))
        else:
            noun = leaf(
                self.rng.choice(["refusal", "decision", "promise", "plan", "offer", "demand"]), "NN", "obj"
            )
            noun.after(self.infinitive(1).as_("acl"))
        if self.chance(0.5):
            return verb.after(noun.before(leaf("the", "DT", "det")))
        owner = self.group() if self.chance(0.5) else self.state()
        return verb.after(noun.before(owner.after(leaf("'s", "POS", "case", spaced=False)).as_("nmod:poss")))

    def quoted_as(self) -> Node:
        """X was quoted by Y as saying (that) ..."""
        verb = leaf("quoted", "VBN", "")
        verb.before(self.source()[0].as_("nsubj:pass"), leaf("was", "VBD", "aux:pass"))
        if self.chance(0.5):
            verb.after(self._outlet().before(leaf("by", "IN", "case")).as_("obl:agent"))
        saying = leaf("saying", "VBG", "advcl").before(leaf("as", "IN", "mark"))
        content = self.content()
        if self.chance(0.6):
            content.before(leaf("that", "IN", "mark"))
        return verb.after(saying.after(content.as_("ccomp")))

    def colon(self) -> Node:
        """Return "X said: “...”"."""
        verb = self.attribution(self.cue(), 0.0)
        return verb.after(
            leaf(":" if self.chance(0.6) else ",", ":", "punct", spaced=False),
            self.quoted(self.content(), ".").as_("ccomp"),
        )


def capital(head: Node) -> Node:
    """Give the first word of a phrase a capital and return it."""
    first = head.order()[0]
    first.form = first.form[:1].upper() + first.form[1:]
    return first


MARKS = frozenset((".", ":", "-", "–", "—", "--", ",", ")", "?", "!"))


def _tidy(words: list[Node]) -> list[Node]:
    """Drop commas that stand before other punctuation."""
    behind = [*words[1:], leaf("", "", "")]
    return [
        word
        for word, after in zip(words, behind, strict=True)
        if not (word.form == "," and not word.left and after.dep == "punct" and after.form in MARKS)
    ]


def paragraph(sentences: Sentences, count: int) -> Text:
    """Return `count` constructed sentences as one text."""
    forms: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    labels: list[str] = []
    heads: list[int] = []
    starts: list[bool] = []
    names: list[tuple[int, int, str]] = []
    roots = [root for _ in range(count) for root in sentences.draw()]
    for root in roots:
        root.as_("ROOT")
        capital(root)
        last = [node.form for node in root.order()[-2:]]
        if last[-1] not in ".?!" and not (last[-1] in '”"’' and last[0] in ".?!"):
            root.after(leaf(".", ".", "punct", spaced=False))
        words = _tidy(root.order())
        place = {id(w): len(forms) + k for k, w in enumerate(words)}
        owner = {id(child): node for node in root.order() for child in (*node.left, *node.right)}
        names += _spans(words, len(forms))
        for k, word in enumerate(words):
            if forms and (word.spaced if k else True):
                spaces[-1] = True
            forms.append(word.form)
            spaces.append(False)
            tags.append(word.tag)
            labels.append(word.dep)
            heads.append(place[id(owner[id(word)])] if id(word) in owner else place[id(word)])
            starts.append(k == 0)
    doc = Doc(NLP.vocab, forms, spaces, tags=tags, heads=heads, deps=labels, sent_starts=starts)
    doc.set_ents([Span(doc, b, e, label=kind) for b, e, kind in names])
    text = project(doc)
    text.morphs = [""] * len(text)
    text.scripts = [""] * len(text)
    text.lemmas = [""] * len(text)
    return text


def _spans(words: list[Node], base: int) -> list[tuple[int, int, str]]:
    found = []
    for part in sorted({w.part for w in words if w.part}):
        at = [k for k, w in enumerate(words) if w.part == part]
        kind = next((w.name for w in words if w.part == part and w.name), "")
        if kind and at[-1] - at[0] + 1 == len(at):
            found.append((base + at[0], base + at[-1] + 1, kind))
    return found


def construct(seed: int, count: int) -> list[Text]:
    """Return `count` texts of one to four constructed sentences."""
    rng = random.Random(seed)
    sentences = Sentences(rng)
    return [paragraph(sentences, rng.choice([1, 1, 2, 3, 4])) for _ in range(count)]


def main() -> None:
    """Print some."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    arguments = parser.parse_args()
    for text in construct(arguments.seed, arguments.count):
        print(
            "".join(
                (" " if space else "") + word for word, space in zip(text.words, text.spaced, strict=True)
            )
        )
        print("   ", " ".join(f"{w}/{n}" for w, n in zip(text.words, text.names, strict=True) if n != "O"))


if __name__ == "__main__":
    main()
