"""What a pronoun means by its clause alone: things told of right before, or whom a clause after "because" explains."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from jirga.reading.actors.found import is_plural
from jirga.reading.wordlists import word_set

__all__ = ["explained", "of_things"]

_ADDRESSED = word_set("resolve addressed")
_CAUSED, _THINGS = word_set("resolve caused"), word_set("resolve things")


def explained(token: Token) -> Token | None:
    """Return whose deed a clause after "because" explains: "bombed the lorries because they would not stop".

    Who is attacked, blamed, praised or punished is so for something of his own; number must agree.
    """
    verb = token.head
    if token.dep_ != "nsubj" or verb.dep_ != "advcl" or verb.head.i > verb.i:
        return None
    if not any(c.dep_ == "mark" and c.lower_ == "because" for c in islice(verb.children, 10)):
        return None
    if verb.head.lemma_.lower() not in _CAUSED:
        return None
    done_to = next((c for c in islice(verb.head.children, 20) if c.dep_ == "obj"), None)
    several = done_to is not None and is_plural(done_to)
    return done_to if several == (token.lower_ == "they") else None


def of_things(token: Token) -> bool:
    """Tell whether "they" or "them" means things told of right before: "the duties ... welcomed them"."""
    doc, start = token.doc, token.sent.start
    if token.lower_ == "them" and token.dep_ == "obj" and token.head.lemma_.lower() not in _ADDRESSED:
        near = (doc[k] for k in range(token.i - 1, max(start, token.i - 25) - 1, -1))
        nearest = next((t for t in near if t.tag_ == "NNS" and t.head.dep_ != "acl:relcl"), None)
        return nearest is not None and nearest.lemma_.lower() in _THINGS
    if token.dep_ != "nsubj" or token.head.dep_ not in {"ROOT", "root"} or not start:
        return False
    before = doc[start - 1].sent.root
    subject = next((c for c in islice(before.children, 20) if c.dep_.startswith("nsubj")), None)
    return subject is not None and subject.tag_ == "NNS" and subject.lemma_.lower() in _THINGS
