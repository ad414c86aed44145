"""Copies of treebank texts with other names in them, so that names are found by what stands around them."""

from __future__ import annotations

import random

from spacy.tokens import Doc, Span

from phrases import Node, Phrases
from treebank import NLP, Text, project

UPOS = {"NNP": "PROPN", "NNPS": "PROPN", "HYPH": "PUNCT", "IN": "ADP", "JJ": "ADJ"}
FEATURES = {"NNP": "Number=Sing", "NNPS": "Number=Plur", "JJ": "Degree=Pos"}


class Swapper:
    """Replace names in gold documents.

    Parameters
    ----------
    rng : random.Random
    rate : float
        Share of the names that are replaced.
    """

    def __init__(self, rng: random.Random, rate: float) -> None:
        self.phrases, self.rng, self.rate = Phrases(rng), rng, rate

    def __call__(self, doc: Doc) -> Text | None:
        """Return the document with other names, or None when nothing in it can be replaced."""
        chosen = [
            (span, node) for span in doc.ents if self.rng.random() < self.rate and (node := self._other(span))
        ]
        if not chosen:
            return None
        words: list[str] = []
        spaces: list[bool] = []
        tags: list[str] = []
        pos: list[str] = []
        morphs: list[str] = []
        lemmas: list[str] = []
        labels: list[str] = []
        heads: list[tuple[bool, int]] = []  # (whether counted in the old document, index)
        starts: list[bool] = []
        place: dict[int, int] = {}
        spans: list[Span | tuple[int, int, str]] = []
        at, queue = 0, [*chosen, (None, None)]
        for span, node in queue:
            end = span.start if span is not None else len(doc)
            for token in doc[at:end]:
                place[token.i] = len(words)
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
                tags.append(token.tag_)
                pos.append(token.pos_)
                morphs.append(str(token.morph))
                lemmas.append(token.lemma_)
                labels.append(token.dep_)
                heads.append((True, token.head.i))
                starts.append(bool(token.is_sent_start))
            if span is None or node is None:
                break
            order = node.order()
            base = len(words)
            mine = {id(n): base + k for k, n in enumerate(order)}
            owner = {id(child): n for n in order for child in (*n.left, *n.right)}
            root = span.root
            for k, part in enumerate(order):
                if k and part.spaced:
                    spaces[-1] = True
                words.append(part.form)
                spaces.append(False)
                tags.append(part.tag)
                pos.append(UPOS.get(part.tag, "PROPN"))
                morphs.append(FEATURES.get(part.tag, ""))
                lemmas.append(part.form)
                labels.append(root.dep_ if part is node else part.dep)
                heads.append((True, root.head.i) if part is node else (False, mine[id(owner[id(part)])]))
                starts.append(bool(doc[span.start].is_sent_start) and k == 0)
            for i in range(span.start, span.end):
                place[i] = mine[id(node)]
            spaces[-1] = bool(doc[span.end - 1].whitespace_)
            spans.append((base, len(words), span.label_))
            at = span.end
        kept = [e for e in doc.ents if all(e is not s and e.start != s.start for s, _ in chosen)]
        spans += [(place[e.start], place[e.end - 1] + 1, e.label_) for e in kept]
        made = Doc(
            NLP.vocab, words, spaces, tags=tags, pos=pos, morphs=morphs, lemmas=lemmas, deps=labels,
            sent_starts=starts,
            heads=[place[i] if old else i for old, i in heads],
        )  # fmt: skip
        made.set_ents([Span(made, b, e, label=kind) for b, e, kind in spans])
        return project(made)

    def _other(self, span: Span) -> Node | None:
        """Return a name of the same kind that fits the same tree, or None."""
        root = span.root
        inside = set(range(span.start, span.end))
        if any(t.i != root.i and t.head.i not in inside for t in span) or root.tag_ not in ("NNP", "NNPS"):
            return None
        if root.head.i == root.i and len(span) > 1:
            return None
        if span.label_ == "PERSON":
            return self.phrases.person()
        if span.label_ == "LOC":
            return self.phrases.town() if self.rng.random() < 0.6 else self.phrases.country()
        node = self.phrases.group()
        node.left = [n for n in node.left if n.dep != "det"]
        node.right = [n for n in node.right if n.dep != "appos"]
        return node
