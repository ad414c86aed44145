"""Clauses of reports on conflicts and talks, with their trees: actors, what they do, want, demand and are told."""

from __future__ import annotations

from phrases import COUNTRIES, VERBS, Node, Phrases, comma, leaf

Verb = tuple[str, ...]


class Clauses(Phrases):
    """Draw actors, things, verb phrases and clauses."""

    def actor(self) -> tuple[Node, bool]:
        """Return who acts, and whether it is plural."""
        draw = self.rng.random()
        if draw < 0.16:
            return self.titled(), False
        if draw < 0.42:
            return self.group(), False
        if draw < 0.56:
            return self.state(), False
        if draw < 0.76:
            return self.side(), False
        if draw < 0.88:
            return self.people(), True
        return self.rng.choice(
            [(leaf("it", "PRP", ""), False), (leaf("they", "PRP", ""), True), (leaf("he", "PRP", ""), False)]
        )

    def state(self) -> Node:
        """Return a country or capital that acts: the treebanks call it a place here and a body there, so neither is taught."""
        place = self.place()
        for node in place.order():
            node.name = "?" if node.name else ""
        return place

    def titled(self) -> Node:
        """Return a person with a title before or an apposition behind the name, or bare."""
        person = self.person()
        draw = self.rng.random()
        if draw < 0.45:
            words = self.pick("persons.first_titles").split()
            title = leaf(words[-1], "NNP", "nmod:desc")
            title.left = [
                leaf(w, "NNP", "amod" if w in ("Prime", "Foreign", "Deputy") else "compound")
                for w in words[:-1]
            ]
            if self.chance(0.35):
                title.before(leaf(self.rng.choice(COUNTRIES)[1], "JJ", "amod"))
            person.before(title)
        elif draw < 0.6:
            role = leaf(self.pick("persons.roles"), "NN", "nmod:desc")
            role.before(
                self.group_bare()
                if self.chance(0.4)
                else leaf(self.pick("persons.role_modifiers"), "JJ", "amod")
            )
            person.before(role)
        elif draw < 0.8:
            person.after(comma(), self.role().as_("appos"), comma())
        return person

    def group_bare(self) -> Node:
        """Return a group's name before a noun, without its article."""
        node = self.group()
        node.left = [n for n in node.left if n.dep != "det"]
        node.right = [n for n in node.right if n.dep != "appos"]
        return node.as_("compound")

    def role(self) -> Node:
        """Return "the foreign ministry spokesman", "a spokesman for the X", "the X's negotiator"."""
        head = leaf(self.pick("persons.roles"), "NN", "")
        if self.chance(0.6):
            head.before(leaf(self.pick("persons.role_modifiers"), "JJ", "amod"))
        if self.chance(0.3):
            owner = self.group() if self.chance(0.6) else self.state()
            owner.after(leaf("'s" if self.chance(0.6) else "’s", "POS", "case", spaced=False))
            return head.before(owner.as_("nmod:poss"))
        head.before(leaf(self.rng.choice(["a", "the", "the"]), "DT", "det"))
        if self.chance(0.4):
            body = self.group() if self.chance(0.7) else self.side()
            head.after(body.before(leaf(self.rng.choice(["for", "of", "from"]), "IN", "case")).as_("nmod"))
        return head

    def side(self) -> Node:
        """Return "the Afghan side", "the country's army", "Kabul's delegation"."""
        head = leaf(self.pick("nouns.sides").split()[-1], "NN", "")
        if self.chance(0.25):
            owner = self.state() if self.chance(0.7) else self.group()
            return head.before(owner.after(leaf("'s", "POS", "case", spaced=False)).as_("nmod:poss"))
        if self.chance(0.75):
            head.before(leaf(self.rng.choice(COUNTRIES)[1], "JJ", "amod"))
        return head.before(leaf("the", "DT", "det"))

    def people(self) -> Node:
        """Return "58 Pakistani soldiers", "at least 20 fighters", "the militants"."""
        head = leaf(self.pick("nouns.people"), "NNS", "")
        if self.chance(0.3):
            head.before(leaf(self.rng.choice(COUNTRIES)[1], "JJ", "amod"))
        draw = self.rng.random()
        if draw < 0.35:
            number = leaf(str(self.rng.randint(2, 400)), "CD", "nummod")
            if self.chance(0.3):
                least = leaf("least", "JJS", "nmod").before(leaf("at", "IN", "case"))
                number.before(least)
            head.before(number)
        elif draw < 0.55:
            head.before(leaf("the", "DT", "det"))
        return head

    def thing(self) -> Node:
        """Return what is done something to."""
        if self.chance(0.25):
            return self.people()
        plural = self.chance(0.5)
        head = leaf(self.pick("nouns.things" if plural else "nouns.singular"), "NNS" if plural else "NN", "")
        if self.chance(0.5):
            head.before(leaf(self.pick("nouns.attributes"), "JJ", "amod"))
        if not plural or self.chance(0.3):
            article = self.rng.choice(["the", "its", "the", "an" if not plural else "the"])
            if article == "an":
                article = "an" if head.order()[0].form[0] in "aeiou" else "a"
            head.before(
                leaf(
                    article, "PRP$" if article == "its" else "DT", "nmod:poss" if article == "its" else "det"
                )
            )
        if self.chance(0.35):
            other = self.actor()[0] if self.chance(0.6) else self.place()
            if other.tag != "PRP":
                head.after(
                    other.before(
                        leaf(
                            self.rng.choice(["with", "of", "against", "by", "in", "near", "on"]), "IN", "case"
                        )
                    ).as_("nmod")
                )
        return head

    def when(self) -> Node:
        """Return a time: "on Monday", "last week", "Tuesday"."""
        draw = self.rng.random()
        day = leaf(self.pick("nouns.days"), "NNP", "obl")
        if draw < 0.5:
            return day.before(leaf("on", "IN", "case"))
        if draw < 0.7:
            return day.as_("obl:unmarked")
        if draw < 0.85:
            noun = leaf(self.rng.choice(["week", "month", "year", "night"]), "NN", "obl:unmarked")
            return noun.before(leaf("last", "JJ", "amod"))
        month = leaf(self.pick("nouns.months"), "NNP", "obl").before(leaf("on", "IN", "case"))
        return month.after(leaf(str(self.rng.randint(1, 30)), "CD", "nummod"))

    def adjuncts(self, verb: Node, share: float = 0.4) -> Node:
        """Hang times, places and means on a verb."""
        if self.chance(share):
            place = self.place()
            verb.after(
                place.before(leaf(self.rng.choice(["in", "near", "at", "along", "from"]), "IN", "case")).as_(
                    "obl"
                )
            )
        if self.chance(share * 0.7):
            verb.after(self.when())
        if self.chance(share * 0.35):
            verb.after(self.gerund())
        return verb

    def gerund(self) -> Node:
        """Return "by closing the border", "without signing the deal"."""
        verb = leaf(self.rng.choice(VERBS["take_object"])[4], "VBG", "advcl")
        verb.before(leaf(self.rng.choice(["by", "without", "after", "before"]), "IN", "mark"))
        return verb.after(self.thing().as_("obj"))

    def complete(self, verb: Node, kind: str, depth: int) -> Node:
        """Give a verb its objects and complements."""
        if kind == "take_object":
            verb.after(self.thing().as_("obj"))
            return self.adjuncts(verb)
        if kind == "alone":
            return self.adjuncts(verb, 0.6)
        if kind == "control_self":
            return verb.after(self.infinitive(depth + 1).as_("xcomp"))
        if kind == "control_other":
            return verb.after(self.patient().as_("iobj"), self.infinitive(depth + 1).as_("xcomp"))
        return self.demanded(verb, depth)

    def patient(self) -> Node:
        """Return who is asked: no subject pronouns."""
        node, _ = self.actor()
        return leaf("them", "PRP", "") if node.tag == "PRP" else node

    def demanded(self, verb: Node, depth: int) -> Node:
        """Complete "demand": guarantees that ..., that ... be ..., a thing from somebody, somebody to do something."""
        draw = self.rng.random()
        if draw < 0.35:
            noun = leaf(self.pick("nouns.assurances"), "NNS", "obj")
            if self.chance(0.4):
                noun.before(leaf(self.pick("nouns.attributes"), "JJ", "amod"))
            if self.chance(0.3):
                noun.after(self.patient().before(leaf("from", "IN", "case")).as_("nmod"))
            return verb.after(
                noun.after(self.finite(depth + 1).before(leaf("that", "IN", "mark")).as_("acl"))
            )
        if draw < 0.6:
            verb.after(self.thing().as_("obj"))
            if self.chance(0.4):
                verb.after(self.patient().before(leaf("from", "IN", "case")).as_("obl"))
            return verb
        if draw < 0.8 and verb.form.startswith("want"):
            return verb.after(self.patient().as_("obj"), self.infinitive(depth + 1).as_("xcomp"))
        inner = self.passive(leaf("be", "VB", "aux:pass")) if self.chance(0.5) else self.subjunctive(depth)
        return verb.after(inner.before(leaf("that", "IN", "mark")).as_("ccomp"))

    def subjunctive(self, depth: int) -> Node:
        """Return "the army withdraw its troops"."""
        kind = self.rng.choice(["take_object", "take_object", "alone", "control_self"])
        verb = leaf(self.rng.choice(VERBS[kind])[0], "VB", "")
        self.complete(verb, kind, depth + 1)
        return verb.before(self.actor()[0].as_("nsubj"))

    def passive(self, *auxiliaries: Node) -> Node:
        """Return "X was/be attacked (by Y)"."""
        verb = leaf(self.rng.choice(VERBS["take_object"])[3], "VBN", "")
        subject = self.thing()
        verb.before(subject.as_("nsubj:pass"), *auxiliaries)
        if self.chance(0.35):
            verb.after(self.patient().before(leaf("by", "IN", "case")).as_("obl:agent"))
        return self.adjuncts(verb)

    def infinitive(self, depth: int = 0) -> Node:
        """Return "to halt the attacks", nested up to three deep."""
        kinds = (
            ["take_object"] * 4
            + ["alone"]
            + (["control_self", "control_other", "demand"] if depth < 3 else [])
        )
        kind = self.rng.choice(kinds)
        verb = leaf(self.rng.choice(VERBS[kind])[0], "VB", "")
        self.complete(verb, kind, depth)
        verb.before(leaf("to", "TO", "mark"))
        if self.chance(0.08):
            verb.before(leaf("not", "RB", "advmod"))
        return verb

    def finite(self, depth: int = 0) -> Node:
        """Return a clause with subject and finite verb; its label is set by whoever uses it."""
        draw = self.rng.random()
        if draw < 0.14:
            return self.passive(leaf(self.rng.choice(["was", "were"]), "VBD", "aux:pass"))
        if draw < 0.2:
            return self.passive(
                leaf(self.rng.choice(["must", "will", "should"]), "MD", "aux"), leaf("be", "VB", "aux:pass")
            )
        if draw < 0.28:
            return self.copular(depth)
        kinds = (
            ["take_object"] * 5
            + ["alone"] * 2
            + (["control_self", "control_other", "demand"] * 2 if depth < 3 else [])
        )
        kind = self.rng.choice(kinds)
        subject, plural = self.actor()
        forms = self.rng.choice(VERBS[kind])
        verb, helpers = self.tensed(forms, plural)
        self.complete(verb, kind, depth)
        clause = verb.before(subject.as_("nsubj"), *helpers)
        if depth < 2 and self.chance(0.12):
            mark = self.rng.choice(["if", "unless", "until", "because", "after", "while"])
            clause.after(self.finite(depth + 2).before(leaf(mark, "IN", "mark")).as_("advcl"))
        return clause

    def tensed(self, forms: Verb, plural: bool) -> tuple[Node, list[Node]]:
        """Return a verb in some tense with its auxiliaries."""
        base, third, past, participle, gerund = forms
        draw = self.rng.random()
        if draw < 0.4:
            return leaf(past, "VBD", ""), []
        if draw < 0.52:
            return (leaf(base, "VBP", ""), []) if plural else (leaf(third, "VBZ", ""), [])
        if draw < 0.72:
            modal = [
                leaf(
                    self.rng.choice(["would", "will", "could", "must", "should", "may", "might"]), "MD", "aux"
                )
            ]
            if self.chance(0.3):
                modal.append(leaf("not", "RB", "advmod"))
            return leaf(base, "VB", ""), modal
        if draw < 0.86:
            return leaf(participle, "VBN", ""), [
                leaf("have" if plural else self.rng.choice(["has", "had"]), "VBD", "aux")
            ]
        if draw < 0.93:
            return leaf(base, "VB", ""), [leaf("did", "VBD", "aux"), leaf("not", "RB", "advmod")]
        return leaf(gerund, "VBG", ""), [
            leaf("are" if plural else self.rng.choice(["is", "was"]), "VBZ", "aux")
        ]

    def copular(self, depth: int) -> Node:
        """Return "X is ready to ..." or "the deal is unacceptable"."""
        subject, plural = self.actor()
        be = leaf("are" if plural else self.rng.choice(["is", "was"]), "VBP" if plural else "VBZ", "cop")
        if self.chance(0.6):
            head = leaf(
                self.rng.choice(["ready", "willing", "unable", "unwilling", "prepared", "determined"]),
                "JJ",
                "",
            )
            head.after(self.infinitive(depth + 1).as_("xcomp"))
        else:
            head = leaf(
                self.rng.choice(["unacceptable", "responsible", "committed", "open", "dead", "over"]),
                "JJ",
                "",
            )
        return head.before(subject.as_("nsubj"), be)
