"""Mentions by token, for those who ask who the subject of a clause is."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from spacy.tokens import Token

from jirga.reading.passages import Passage
from jirga.reading.types import ActorMention, Mention
from jirga.reading.wordlists import word_set

__all__ = ["Mentions"]

_OWNED = {"nmod:poss": 0, "amod": 1, "compound": 2, "nmod": 3, "obl": 4}
_MOST = 40  # towns looked at: a gazetteer has more, no report
_NOT_ACTORS = frozenset({"place"})


class Mentions:
    """The mentions of a report by passage and token.

    Parameters
    ----------
    passages : sequence of Passage
    mentions : iterable of Mention
        As `find_mentions` gives them.
    """

    def __init__(self, passages: Sequence[Passage], mentions: Iterable[Mention]) -> None:
        self._parties: dict[str, str] = {}
        self._at: dict[tuple[int, int], list[tuple[Mention, int, int]]] = {}
        ordered = sorted(mentions, key=lambda m: m.begin)
        self._towns = [m for m in ordered if m.kind == "place" and m.id.removeprefix("place:").isdigit()]
        self._begins = [m.begin for m in self._towns]
        at = 0
        for passage in passages:
            while at < len(ordered) and ordered[at].begin < passage.block.end:
                self._put(passage, ordered[at])
                at += 1

    def _put(self, passage: Passage, mention: Mention) -> None:
        if mention.of is not None:
            self._parties[mention.id] = mention.of
        span = passage.tokens((mention.begin, mention.end))
        if span is None:
            return
        for token in span:
            self._at.setdefault((passage.number, token.i), []).append((mention, span.root.i, span.end - 1))

    def party_of(self, identity: str) -> str:
        """Return the party that an actor belongs to, along the whole chain; its own id when it belongs to none."""
        for _ in range(4):  # person of a delegation of a government: never deeper
            if identity not in self._parties:
                break
            identity = self._parties[identity]
        return identity

    def at(self, passage: Passage, token: Token, places: bool = False) -> tuple[Mention, ...]:
        """Return the mention that a token heads, or several when they are named together; empty when none.

        Parameters
        ----------
        places : bool
            Whether places count too.
        """
        here = [
            x for x in self._at.get((passage.number, token.i), ()) if places or x[0].kind not in _NOT_ACTORS
        ]
        for fits in (lambda x: x[1] == token.i, lambda x: x[2] == token.i, lambda _: True):
            chosen = [m for m in here if fits(m)]
            if chosen:
                longest = max(chosen, key=lambda x: (x[0].end - x[0].begin, -x[0].begin))[0]
                return tuple(x[0] for x in chosen if (x[0].begin, x[0].end) == (longest.begin, longest.end))
        return ()

    def town(self, before: int, reach: int) -> Mention | None:
        """Return the town that was named most, of equals last, before an offset of the report and not ``reach`` before it."""
        stop = bisect_left(self._begins, before)
        near = self._towns[max(bisect_left(self._begins, before - reach), stop - _MOST) : stop]
        if not near:
            return None
        counts = Counter(m.id for m in near)
        return max(enumerate(near), key=lambda one: (counts[one[1].id], one[0]))[1]

    def actors(
        self, passage: Passage, tokens: Sequence[Token], owner: bool = False, places: bool = False
    ) -> tuple[ActorMention, ...]:
        """Return the actors that a noun phrase names, with those joined to its head by "and".

        Parameters
        ----------
        passage : Passage
        tokens : sequence of Token
            The phrase, in text order (the subtree of a subject, or its head alone).
        owner : bool
            When the head is no actor itself ("Pakistan's decision", "a Turkish offer"), whose it is.
        places : bool
            Whether places count as actors.
        """
        if not tokens:
            return ()
        inside = {t.i for t in tokens}
        head = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[-1])
        out: dict[tuple[str, int], ActorMention] = {}
        for one in self._joined(head):
            for mention in self._one(passage, one, owner, places):
                out.setdefault((mention.id, mention.begin), mention)
        return tuple(out.values())

    def actor_of(
        self, passage: Passage, tokens: Sequence[Token], owner: bool = False
    ) -> ActorMention | tuple[ActorMention, ...] | None:
        """Return `actors` as one, as several, or None."""
        found = self.actors(passage, tokens, owner)
        return found[0] if len(found) == 1 else found or None

    def _joined(self, head: Token) -> list[Token]:
        out, seen = [head], {head.i}
        for token in out:
            for child in token.children:
                if (
                    child.dep_ == "conj"
                    and child.i not in seen
                    and child.pos_ in {"NOUN", "PROPN", "PRON", "ADJ", "NUM"}
                ):
                    seen.add(child.i)
                    out.append(child)
        return out

    def _one(self, passage: Passage, token: Token, owner: bool, places: bool) -> tuple[Mention, ...]:
        if token.tag_ in {"WP", "WDT"} or token.lower_ in {"who", "which", "that"}:
            clause = next(
                (t for t in (token, *islice(token.ancestors, 12)) if t.dep_.startswith("acl")), None
            )
            if clause is not None and clause.head.i != token.i:
                return self.at(passage, clause.head, places)
        found = self.at(passage, token, places)
        if not found and (
            token.pos_ in {"NUM", "DET", "ADJ", "PRON"} or token.lemma_.lower() in word_set("index small")
        ):
            inner = next((c for c in token.children if c.dep_ == "nmod" and _marked(c, {"of"})), None)
            if inner is not None:  # "two of the rebels", "a number of officers"
                found = self.at(passage, inner, places)
        if not found and not places and token.dep_ in {"nsubj", "nmod:poss"}:
            found = self.at(passage, token, places=True)  # "Catalonia refused": a place that acts
        if not found and owner:
            found = self._owner(passage, token)
        return found

    def _owner(self, passage: Passage, token: Token) -> tuple[Mention, ...]:
        """Return whose a thing is: "Pakistan's decision", "a Turkish offer", "a request by Kenya"."""
        for child in sorted(token.children, key=lambda c: _OWNED.get(c.dep_, 9)):
            if child.dep_ in {"nmod:poss", "amod", "compound"} and child.i < token.i:
                held = self.at(passage, child) or (
                    self._owner(passage, child) if child.dep_ != "amod" else ()
                )
            elif child.dep_ in {"nmod", "obl", "obl:agent"} and _marked(child, {"by", "of", "from"}):
                held = self.at(passage, child)
            else:
                continue
            if held:
                return held
        return ()

    def __len__(self) -> int:
        return len({id(m) for group in self._at.values() for m, _, _ in group})


def _marked(token: Token, cases: set[str]) -> bool:
    return any(c.dep_ == "case" and c.lower_ in cases for c in token.children)
