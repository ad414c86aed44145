"""Mentions by token, for those who ask who the subject of a clause is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from jirga.reading.passages import Passage
from jirga.reading.types import ActorMention, Mention

__all__ = ["Mentions"]

_OWNED = ("nmod:poss", "amod", "compound", "nmod")
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
            clause = next((t for t in (token, *token.ancestors) if t.dep_.startswith("acl")), None)
            if clause is not None and clause.head.i != token.i:
                return self.at(passage, clause.head, places)
        found = self.at(passage, token, places)
        if not found and token.pos_ in {
            "NUM",
            "DET",
            "ADJ",
            "PRON",
            "NOUN",
        }:  # "two of the rebels", "members of Hamas"
            inner = [
                c for c in token.children if c.dep_ == "nmod" and any(g.lower_ == "of" for g in c.children)
            ]
            small = token.pos_ != "NOUN" or token.lemma_.lower() in {"number", "group", "member", "dozen", "hundred", "thousand",
                                                                       "score", "majority", "handful", "part", "body"}  # fmt: skip
            if inner and small:
                found = self.at(passage, inner[0], places)
        if not found and owner:
            for label in _OWNED:
                for child in token.children:
                    if child.dep_ == label and (held := self.at(passage, child)):
                        return held
        return found

    def __len__(self) -> int:
        return len({id(m) for group in self._at.values() for m, _, _ in group})
