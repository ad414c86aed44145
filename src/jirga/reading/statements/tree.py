"""A passage's parse as plain lists: what the rules walk over, without the cost of asking the parser's objects each time."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from jirga.reading.columns import columns
from jirga.reading.passages import Passage
from jirga.reading.statements.words import words
from jirga.reports.types import Span

if TYPE_CHECKING:
    from jirga.reading.statements.modality import Force

__all__ = ["CLAUSES", "Tree"]

CLAUSES = words("treeclauses")
SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer")
_NOMINATIVE = frozenset({"i", "we", "he", "she", "they"})
_BE = words("tree_be")
NOMINAL = ("NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "WP", "WDT", "JJ", "$", "PRP$")
_MESSAGES = words("tree_messages")
_TIMES = words("roles_time")
_OUTSIDE_PHRASE = words("tree_outside_phrase")


class Tree:
    """The parse of one passage.

    Attributes
    ----------
    passage : Passage
    words, lemmas, tags, deps : list of str
        By token; words and lemmas in lower case.
    heads : list of int
        A root is its own head.
    kids : list of list of int
        Children in text order.
    forces : dict of int to Force
        What `modality.force_of` has read already.
    first, last : list of int
        First token, and the token after the last one, of each token's sentence.
    """

    def __init__(self, passage: Passage) -> None:
        read = columns(passage.doc)
        self.passage = passage
        self.words, self.tags, self.deps = (
            list(read.lower),
            list(read.tags),
            list(read.deps),
        )  # some are mended
        self.lemmas = [lemma.lower() or word for lemma, word in zip(read.lemmas, read.lower, strict=True)]
        self.heads, self.begins = list(read.heads), read.begins
        self.kids: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                self.kids[head].append(i)
        self.first, self.last = [0] * len(self.words), [0] * len(self.words)
        self.sentences = read.sentences
        self.forces: dict[int, Force] = {}
        for start, end in self.sentences:
            for i in range(start, end):
                self.first[i], self.last[i] = start, end

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def ends(self) -> list[int]:
        """Character offset, in the passage, after each token."""
        return [b + len(w) for b, w in zip(self.begins, columns(self.passage.doc).words, strict=True)]

    def span(self, start: int, end: int) -> Span:
        """Return the report's offsets of tokens ``start`` to ``end`` (after the last one)."""
        base = self.passage.block.begin
        return base + self.begins[start], base + self.ends[end - 1]

    def kid(self, i: int, *deps: str) -> int | None:
        """Return the first child of `i` with one of the labels."""
        for k in self.kids[i]:
            if self.deps[k] in deps:
                return k
        return None

    def case(self, i: int) -> str:
        """Return the preposition of a noun ("with"), or its mark for a clause ("of" in "of killing"), or ""."""
        found = ""
        for k in self.kids[i]:
            if self.deps[k] in ("case", "mark") and k < i:
                found = self.words[k]
                if self.deps[k] == "case":
                    break
        return found

    def is_verb(self, i: int) -> bool:
        """Tell whether the token is tagged as a verb."""
        tag = self.tags[i]
        return tag[:1] == "V" or tag == "MD"

    def conjuncts(self, i: int) -> list[int]:
        """Return a nominal head and the heads joined to it by "and"."""
        out: list[int] = []
        todo = [i]
        while todo and len(out) < 40:  # no list of names in prose is longer; bounds hostile text
            at = todo.pop(0)
            out.append(at)
            todo.extend(
                k
                for k in self.kids[at]
                if self.deps[k] == "conj" and self.tags[k] in NOMINAL and not self._clause(k)
            )
        return out

    def _clause(self, i: int) -> bool:
        return any(self.deps[k] in ("nsubj", "cop", "aux", "nsubj:pass") for k in self.kids[i])

    def subtree(self, i: int, without: frozenset[str] = frozenset()) -> list[int]:
        """Return `i` and all below it, in text order, leaving out children (of any depth) with a label in `without`."""
        out, todo = [], [i]
        while todo:
            at = todo.pop()
            out.append(at)
            todo.extend(k for k in self.kids[at] if self.deps[k] not in without)
        out.sort()
        return out

    def content(
        self, i: int, past: bool = True, without: frozenset[int] = frozenset(), asides: bool = True
    ) -> list[int]:
        """Return what belongs to a demand, promise or refusal.

        All below `i` but "but they ...", what hangs on the tokens in `without`, unless `past` clauses of the past and what
        is told to be done by somebody ("a truce brokered by Oman"), and
        unless `asides` relative clauses after a comma ("the Emirates, which it accuses of ...").
        """
        out: list[int] = []
        todo = [i]
        while todo:
            at = todo.pop()
            out.append(at)
            for k in self.kids[at]:
                if (
                    k in without
                    or self.deps[k] == "parataxis"
                    or (self.deps[k] == "acl:relcl" and not past and self._past(k))
                    or (self.deps[k] == "acl:relcl" and not asides and self._aside(k))
                    or (
                        not past
                        and self.deps[k] == "acl"
                        and self.tags[k] == "VBN"
                        and self.agent(k) is not None
                    )
                    or (self.deps[k] == "conj" and self._clause(k) and self._turns(k))
                ):
                    continue
                if self.deps[k] == "cc" and without and any(m in without and m > k for m in self.kids[at]):
                    continue
                todo.append(k)
        out.sort()
        return out

    def _aside(self, k: int) -> bool:
        first = min((k, *self.kids[k]))
        return self.words[first] == "," or (first > 0 and self.words[first - 1] == ",")

    def _past(self, k: int) -> bool:
        return self.tags[k] == "VBD" or any(
            self.words[m] in ("was", "were", "had", "has", "have") for m in self.kids[k]
        )

    def _turns(self, k: int) -> bool:
        """Tell whether a joined clause has a subject of its own after "but"."""
        return self.kid(k, "nsubj", "nsubj:pass") is not None and any(
            self.words[m] in ("but", "yet", "while") for m in self.kids[k] if self.deps[m] == "cc"
        )

    def phrase(self, i: int) -> tuple[int, int]:
        """Return the tokens of the noun phrase of `i`: its determiners, modifiers and "of", not clauses or apposition."""
        out, todo = [i], [i]
        while todo:
            at = todo.pop()
            for k in self.kids[at]:
                if self.deps[k] in _OUTSIDE_PHRASE and not (at != i and self.deps[k] in ("conj", "cc")):
                    continue
                if at == i and self.deps[k] in ("case", "mark", "cop", "aux", "nsubj", "advmod:outer", "obl"):
                    continue
                out.append(k)
                todo.append(k)
        start = end = i
        inside = set(out)
        while start - 1 in inside or (start - 2 in inside and self._bridge(start - 1, i)):
            start -= 1
        while end + 1 in inside or (end + 2 in inside and self._bridge(end + 1, i)):
            end += 1
        return start, end + 1

    def _bridge(self, k: int, i: int) -> bool:
        """Quotation marks, hyphens and commas inside a noun phrase do not cut it."""
        return self.deps[k] == "punct" and self.first[i] <= k < self.last[i]

    def passive(self, i: int) -> bool:
        """Tell whether a verb is passive: by its auxiliary, its subject, or as a bare participle after a noun."""
        for k in self.kids[i]:
            if self.deps[k] == "aux:pass" or (
                self.deps[k] == "aux" and self.words[k] in _BE and self.tags[i] == "VBN"
            ):
                return True
        if self.tags[i] != "VBN":
            return False
        if self.kid(i, "nsubj:pass") is not None and self.kid(i, "obj") is None and self.agent(i) is not None:
            return True
        if self._gapped(i):
            return True
        if any(self.deps[k] in ("aux", "obj", "nsubj:pass", "nsubj") for k in self.kids[i]):
            return False
        if self.deps[i] in ("acl", "amod"):
            return True
        if self.deps[i] == "conj" and self.is_verb(self.heads[i]):
            return self.kid(i, "nsubj") is None and self.passive(self.heads[i])
        return self.deps[i] == "advcl"

    def _gapped(self, i: int) -> bool:
        """Tell whether a participle shares the auxiliary before: "twelve were killed and 30 wounded"."""
        head = self.heads[i]
        bare = self.kid(i, "nsubj:pass") is not None and self.kid(i, "aux", "obj") is None
        wanted = self.deps[i] == "ccomp"  # "wants the camp closed"
        return bare and (wanted or (self.deps[i] == "conj" and head < i and self.passive(head)))

    def antecedent(self, i: int) -> int:
        """Return the noun that a relative pronoun stands for, or `i`."""
        if self.tags[i] in ("WDT", "WP") or (self.words[i] == "that" and self.tags[i] in ("DT", "IN", "WDT")):
            at = self.heads[i]
            for _ in range(8):
                if self.deps[at] == "acl:relcl":
                    return self.heads[at]
                if self.heads[at] == at or self.deps[at] not in ("xcomp", "conj", "ccomp"):
                    break
                at = self.heads[at]
        return i

    def subject(self, i: int, control: frozenset[int] = frozenset(), depth: int = 0) -> int | None:
        """Return the head of a verb's subject, over joined verbs, infinitives, participles and relative clauses.

        Parameters
        ----------
        i : int
            The verb (or predicate).
        control : frozenset of int
            Verbs whose object is the doer of their infinitive or "of killing" ("asked Kabul to act", "accused X of ...").
        depth : int
            Steps taken already.

        Returns
        -------
        int or None
        """
        own = self._own_subject(i)
        if (
            own is None
            and i > 1
            and self.words[i - 1] == "to"
            and self.lemmas[i - 2] in ("have", "need", "has")
        ):
            own = self.kid(i - 2, "nsubj")  # "it has to stop", where a parser hangs "stop" elsewhere
        if own is not None:
            return self.antecedent(own)
        head, dep = self.heads[i], self.deps[i]
        if head == i or depth > 6:
            return None
        if dep in ("acl", "acl:relcl"):
            if self.lemmas[head] in _MESSAGES and self.tags[i] == "VBG":
                return self._holder(head, control, depth)
            if self.tags[i] in ("VBG", "VBN", "VBD") or dep == "acl:relcl":
                return head
            owner = self.kid(head, "nmod:poss")
            return owner if owner is not None else self._holder(head, control, depth)
        if dep == "ccomp" and self.deps[head] == "acl:relcl" and self.tags[i] in ("VBD", "VBZ", "VBP", "VBN"):
            return self.heads[head]  # "raids that the ministry said killed three"
        if dep in ("xcomp", "advcl", "ccomp", "obl"):
            thing = self.kid(head, "obj", "iobj")
            if dep == "xcomp" and thing is None and head in control:
                subjects = [k for k in self.kids[head] if self.deps[k] == "nsubj" and k > head]
                thing = (
                    subjects[0] if subjects else None
                )  # "asked Kabul to act", Kabul taken for a second subject
            if dep == "xcomp" and thing is not None:
                return self.antecedent(thing)
            aside = (
                dep == "advcl" and self.tags[i] == "VBG" and not self.case(i)
            )  # "urged Iran to stop, warning that"
            if aside and (teller := self._teller_before(i, head)) is not None:
                return teller
            if head in control and dep != "ccomp" and not aside:
                return thing if thing is not None else self._named(head)
            if self.deps[head] == "amod" and self.tags[head] == "JJ":
                return self.heads[head]  # "militants responsible for killing"
            return self.subject(head, control, depth + 1)
        if dep in ("conj", "parataxis", "nmod") and not self.is_verb(head) and dep != "conj":
            return None
        if dep in ("conj", "parataxis", "appos"):
            return self.subject(head, control, depth + 1)
        return None

    def _teller_before(self, i: int, head: int) -> int | None:
        """Return who says what ends before a participle: "Five were killed, the union said, blaming the army"."""
        said = self.heads[head]
        if self.deps[head] != "ccomp" or not head < said < i:
            return None
        own = self.kid(said, "nsubj")
        return own if own is not None and head < own < i else None

    def _own_subject(self, i: int) -> int | None:
        """Return the subject that hangs on a verb; of several a pronoun before it: "the efforts of Ann, we announce"."""
        pronouns = [
            k for k in self.kids[i] if self.deps[k] == "nsubj" and k < i and self.words[k] in _NOMINATIVE
        ]
        return pronouns[-1] if pronouns else self.kid(i, "nsubj", "nsubj:pass", "nsubj:outer")

    def _named(self, i: int) -> int | None:
        """Return of whom a passive tells: "men accused of killing", "which was accused of killing"."""
        own = self.kid(i, "nsubj:pass")
        if own is not None:
            return self.antecedent(own)
        if self.deps[i] == "conj" and self.passive(i):
            return self.subject(i, depth=1)  # "took the town and was accused of killing"
        return self.heads[i] if self.deps[i] == "acl" else None

    def _holder(self, noun: int, control: frozenset[int], depth: int) -> int | None:
        """Return who has the noun: the subject of the verb that it is object of."""
        while (
            self.deps[noun] in ("conj", "nmod")
            and self.heads[noun] != noun
            and not self.is_verb(self.heads[noun])
        ):
            noun = self.heads[noun]
        head = self.heads[noun]
        if self.deps[noun] in ("obj", "obl", "nsubj:pass") and head != noun:
            return self.subject(head, control, depth + 1)
        return None

    def agent(self, i: int) -> int | None:
        """Return the doer after "by" of a passive."""
        for k in self.kids[i]:
            if self.deps[k] in ("obl", "obl:agent") and self.case(k) == "by" and self.words[k] not in _TIMES:
                return k
        return None
