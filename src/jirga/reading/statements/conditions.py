"""What a condition asks for: who will not come "unless the prisoners are freed" demands that they be freed."""

from __future__ import annotations

from jirga.reading.statements.cast import Cast
from jirga.reading.statements.chain import Parties
from jirga.reading.statements.demands import speech_frame
from jirga.reading.statements.event import Event
from jirga.reading.statements.events import EventReader
from jirga.reading.statements.modality import Force, force_of
from jirga.reading.statements.told import Told
from jirga.reading.statements.tree import Tree
from jirga.reading.statements.weigh import Weighed
from jirga.reading.statements.words import words
from jirga.reading.types import ActorMention, EventType, Modality, Polarity

__all__ = ["asked_by_condition"]

_UNLESS = frozenset({"unless", "until", "till", "before"})
_LONG = frozenset({"as", "while"})
_IF = frozenset({"if", "provided", "providing", "once", "when"})
_LASTS = words("conditions_lasts")


def asked_by_condition(
    tree: Tree, cast: Cast, reader: EventReader, parties: Parties, told: Told
) -> Told | None:
    """Return the demand that lies in the condition of a refusal, a threat or an offer; None when it asks nobody.

    Parameters
    ----------
    tree : Tree
    cast : Cast
    reader : EventReader
    parties : Parties
    told : Told
        With its condition.

    Returns
    -------
    Told or None
        A REQUEST of the same clause, whose content is the condition: of a refusal "unless" or "until" something is done,
        or "as long as" something goes on; of a threat "unless"; of an offer "if" the other side does something.
    """
    at, kind = told.condition, told.weighed.type
    if at is None or not told.actors or told.weighed.polarity == Polarity.NEGATIVE:
        return None
    marks = {tree.words[k] for k in tree.kids[at] if tree.deps[k] in ("mark", "advmod", "case") and k < at}
    lasting = bool(marks & _LONG) and not marks & _UNLESS
    if not _asks(kind, told.event.frame.op, marks, lasting, tree, at):
        return None
    doers = _doers(tree, cast, reader, parties, told, at, lasting)
    if doers is None:
        return None
    frame = speech_frame("condition", EventType.REQUEST, "ask")
    inner = reader.read(at)
    event = Event(told.event.at, at, EventType.REQUEST, None, frame, content=at, inner=inner)
    event.actors = list(told.event.actors)
    event.force = Force(word=at)
    named = inner.type.value if inner is not None else "any"
    if inner is not None and lasting:
        named = reader.lex.compose("stop", named) or named
    mode = reader.lex.table_modes.get(named, reader.lex.table_modes["any"])
    event.why.append(("type", at, f"condition of {kind} = REQUEST"))
    weighed = Weighed(
        EventType.REQUEST, mode, Polarity.POSITIVE, Modality.ASSERTED, "what a condition asks for"
    )
    return Told(event, weighed, told.chain, None, list(told.actors), doers)


def _asks(
    kind: EventType | None, op: str | None, marks: set[str], lasting: bool, tree: Tree, at: int
) -> bool:
    without = tree.case(at) == "without"
    first = min((at, *tree.kids[at]))
    if "even" in (tree.words[first], tree.words[max(first - 1, 0)]):
        return False
    if kind == EventType.REJECT:
        return bool(marks & _UNLESS) or lasting or without
    if kind == EventType.THREATEN:
        return bool(marks & _UNLESS) or ("if" in marks and force_of(tree, at).negative)
    return kind == EventType.AGREE and op != "vow" and (bool(marks & _IF) or without)


def _doers(
    tree: Tree, cast: Cast, reader: EventReader, parties: Parties, told: Told, at: int, lasting: bool
) -> list[ActorMention] | None:
    """Return whom the condition is addressed to, [] when that is not named; None when it asks nobody for anything."""
    if not tree.is_verb(at) and tree.kid(at, "cop") is None:
        return list(told.recipients) if tree.lemmas[at] in reader.lex.nouns else None
    passive = tree.passive(at)
    if tree.kid(at, "nsubj", "nsubj:pass", "csubj") is None and tree.tags[at] in ("VBN", "JJ"):
        return None  # "if asked", "if necessary"
    who = tree.agent(at) if passive else tree.kid(at, "nsubj", "nsubj:outer")
    actors = cast.actors(who) if who is not None and cast.known(who) else []
    if actors:
        own = any(parties.same(a.id, b.id) for a in actors for b in told.actors)
        if own and told.weighed.type == EventType.REJECT and tree.tags[who or 0] == "PRP" and told.recipients:
            return list(told.recipients)  # "it": the other side, as nobody waits for his own consent
        return None if own else actors
    if (
        who is not None
        and not passive
        and tree.tags[who] in ("NN", "NNS")
        and tree.kid(at, "obj") is not None
    ):
        if tree.lemmas[who] in reader.lex.nouns:
            return []  # "once a ceasefire takes hold"
        return cast.actors(who)  # "unless the airline pays their wages"
    other = [r for r in told.recipients if not any(parties.same(r.id, a.id) for a in told.actors)]
    if passive or (lasting and tree.lemmas[at] in _LASTS):
        return other
    return other if who is not None and tree.lemmas[who] in reader.lex.nouns else None
