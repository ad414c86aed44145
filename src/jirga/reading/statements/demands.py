"""Demands, threats and refusals that no verb names: "Y must leave, X said", "X said it cannot", "the other option is war"."""

from __future__ import annotations

from jirga.reading.statements.cast import Cast
from jirga.reading.statements.chain import Parties
from jirga.reading.statements.event import Event
from jirga.reading.statements.events import EventReader
from jirga.reading.statements.frames import Frame, Lexicon
from jirga.reading.statements.modality import condition_of, force_of
from jirga.reading.statements.tree import Tree
from jirga.reading.statements.words import words
from jirga.reading.types import Attribution, EventType, SourceKind

__all__ = ["duty", "none_ahead", "own_cannot", "own_will_not", "speech_frame", "war_ahead"]

_AHEAD = words("demands_ahead")
_DEEM = frozenset({"treat", "regard", "consider", "see", "view", "take"})
_ISSUES = ("deal", "talks", "ceasefire", "burden", "violence", "forces", "human")
_IDLE, _MEANS = words("demands_idle"), words("demands_means")


def speech_frame(name: str, kind: EventType, op: str) -> Frame:
    """Return a frame for what no single word tells; its actor is the source."""
    return Frame(name, (), kind, None, op, (), ("source",))


def duty(
    tree: Tree, cast: Cast, reader: EventReader, i: int, chain: tuple[Attribution, ...], parties: Parties
) -> Event | None:
    """Read "Y must stop, X said" and "X told Y that it has to leave" as a demand of X.

    The one who must is another party than the one who says so.
    """
    if not chain:
        return None
    force = force_of(tree, i)
    source = chain[-1].source
    if source is None or chain[-1].kind == SourceKind.OUTLET:
        return None
    if force.when != "must" and not (
        force.negative and force.when == "can" and tree.passive(i) and reader.read(i) is None
    ):
        return None
    who = tree.subject(i)
    if who is not None and 0 <= force.word < who and tree.words[force.word] == "should":
        return None  # "should the town fall": a condition
    thing = who is not None and not cast.known(who) and _at_issue(tree, reader, who)
    if who is None or not (
        cast.known(who) or (thing and parties.known(source.id) and tree.words[force.word] != "should")
    ):
        return None
    actors = cast.actors(who)
    if not thing and (not actors or any(parties.same(a.id, source.id) for a in actors)):
        return None
    inner = reader.read(i)
    above = tree.heads[i]
    top = above if tree.deps[i] == "xcomp" and tree.lemmas[above] in ("have", "need") else i
    event = Event(
        top,
        i,
        EventType.REQUEST,
        None,
        speech_frame("must", EventType.REQUEST, "ask"),
        recipients=[] if thing else tree.conjuncts(who),
        content=i,
        inner=None,
    )
    told = inner.type.value if inner is not None else None
    if told and inner is not None and (inner.force.negative or inner.negative):
        told = reader.lex.compose("stop", told)
    event.mode = reader.lex.table_modes.get(told or "any", reader.lex.table_modes["any"])
    event.why.append(
        ("type", force.word if force.word >= 0 else i, "duty of another party, said by a party = REQUEST")
    )
    return event


def _at_issue(tree: Tree, reader: EventReader, who: int) -> bool:
    """Tell whether a noun is what parties deal about: "any deal must include a withdrawal", "the siege must end"."""
    names = {tree.lemmas[who], tree.words[who]}
    return any(names & reader.lex.classes[name] for name in _ISSUES) or bool(names & reader.lex.nouns.keys())


def own_cannot(tree: Tree, reader: EventReader, i: int, chain: tuple[Attribution, ...]) -> Event | None:
    """Read "X said it could not guarantee ..." as a refusal; the one who cannot is the one who says so."""
    if not chain or chain[-1].source is None:
        return None
    force = force_of(tree, i)
    if not (force.negative and force.when == "can") or tree.passive(i):
        return None
    if reader.read(i) is not None and tree.kid(i, "obj", "xcomp", "ccomp") is None:
        return None
    who = tree.subject(i)
    source = chain[-1].source
    if who is None or tree.tags[who] not in ("PRP", "NNP", "NNPS", "NN", "NNS"):
        return None
    if not any(a.id == source.id for a in reader.cast.actors(who)):
        return None
    event = Event(
        i,
        i,
        EventType.REJECT,
        "change",
        speech_frame("cannot", EventType.REJECT, "refuse"),
        actors=[who],
        content=i,
    )
    event.why.append(("type", force.word if force.word >= 0 else i, "says that it cannot = REJECT"))
    return event


def own_will_not(tree: Tree, reader: EventReader, i: int, chain: tuple[Attribution, ...]) -> Event | None:
    """Read "X said it would not rejoin the bloc", "X will not return to work unless ..." as a refusal of X.

    Only of verbs that no frame knows. Without a source the condition shows that it is a refusal, no forecast.
    """
    force = force_of(tree, i)
    if not force.negative or force.when not in ("will", "would") or tree.passive(i) or not tree.is_verb(i):
        return None
    who = tree.kid(i, "nsubj")
    known = reader.read(i) is not None or any(f.op == "think" for f in reader.frames(i))
    if who is None or (tree.lemmas[i] in _IDLE and not _unless(tree, i)) or known:
        return None
    source = chain[-1].source if chain else None
    actors = reader.cast.actors(who) if reader.cast.known(who) else []
    own = source is not None and any(a.id == source.id for a in actors)
    if not own and (not actors or chain or not _unless(tree, i)):
        return None
    frame = Frame("will not", (), EventType.REJECT, "change", "refuse", (), ("subj",))
    event = Event(i, i, EventType.REJECT, "change", frame, actors=[who], content=i)
    event.why.append(("type", force.no if force.no >= 0 else i, "says that it will not = REJECT"))
    return event


def _unless(tree: Tree, i: int) -> bool:
    return any(
        tree.deps[k] == "advcl"
        and any(tree.words[m] in ("unless", "until", "till", "before", "while") for m in tree.kids[k])
        for k in tree.kids[i]
    )


def war_ahead(tree: Tree, i: int, chain: tuple[Attribution, ...], lex: Lexicon) -> Event | None:
    """Read "there is another option: open war", "the answer will be war" as a threat of the one who says so."""
    if not chain or chain[-1].source is None or tree.lemmas[i] not in lex.classes["war"]:
        return None
    if _means_war(tree, i):
        event = Event(
            tree.heads[i],
            i,
            EventType.THREATEN,
            "violence",
            speech_frame("would be war", EventType.THREATEN, "threaten"),
            content=i,
        )
        event.why.append(("type", i, "war named as the answer, said by a party = THREATEN"))
        return event
    at = i
    for _ in range(5):
        if _points_ahead(tree, at):
            event = Event(
                at,
                i,
                EventType.THREATEN,
                "violence",
                speech_frame("war", EventType.THREATEN, "threaten"),
                content=i,
            )
            for word in tree.conjuncts(i):
                event.recipients.extend(
                    k
                    for k in tree.kids[word]
                    if tree.deps[k] == "nmod" and tree.case(k) in ("with", "against", "on")
                )
            event.why.append(("type", i, "war named as what may come, said by a party = THREATEN"))
            return event
        if tree.heads[at] == at or tree.deps[at] not in (
            "conj",
            "acl:relcl",
            "advcl",
            "appos",
            "parataxis",
            "nsubj",
            "obl",
            "nmod",
            "obj",
            "ccomp",
            "acl",
            "dep",
        ):
            return None
        at = tree.heads[at]
    return None


def _points_ahead(tree: Tree, at: int) -> bool:
    lemmas = {tree.lemmas[k] for k in tree.kids[at]}
    there = tree.kid(at, "expl") is not None
    ahead = bool(lemmas & _AHEAD) or tree.lemmas[at] in _AHEAD
    if there and (ahead or any(tree.words[k] in ("will", "would") for k in tree.kids[at])):
        return True
    return ahead and tree.kid(at, "cop", "nsubj") is not None


def _means_war(tree: Tree, i: int) -> bool:
    """Tell whether something to come is called war: "would be a declaration of war", "will mean war"."""
    head = tree.heads[i]
    if tree.case(head) == "as" and tree.lemmas[head] in ("declaration", "act"):
        head = tree.heads[head]  # "would treat it as an act of war"
        return tree.lemmas[head] in _DEEM and force_of(tree, head).when in ("will", "would")
    ahead = any(tree.deps[k] == "aux" and tree.words[k] in ("will", "would", "'ll") for k in tree.kids[head])
    if not ahead:
        return False
    if tree.deps[i] == "nmod":
        return tree.lemmas[head] in ("declaration", "act") and tree.kid(head, "cop", "nsubj") is not None
    if tree.deps[i] not in ("obj", "obl"):
        return False
    taken = tree.lemmas[head] == "take" and condition_of(tree, head) is not None  # "will take measures if"
    return taken or tree.lemmas[head] in _MEANS


def none_ahead(tree: Tree, i: int, chain: tuple[Attribution, ...], lex: Lexicon) -> Event | None:
    """Read "there would be no ceasefire", "there can be no talks" as a refusal of the one who says so."""
    if not chain or chain[-1].source is None or chain[-1].kind == SourceKind.OUTLET:
        return None
    lemma, head = tree.lemmas[i], tree.heads[i]
    truce = lemma in lex.classes["ceasefire"] or lemma == "peace"
    if not truce and lemma not in lex.classes["talks"] and lemma not in lex.classes["deal"]:
        return None
    if not any(tree.deps[k] == "det" and tree.words[k] == "no" for k in tree.kids[i]):
        return None
    ahead = any(tree.words[k] in ("will", "would", "can", "could", "'ll") for k in tree.kids[head])
    there = tree.kid(head, "expl") is not None or tree.lemmas[head] == "possible"
    if head == i or not ahead or not there:
        return None
    event = Event(
        head,
        i,
        EventType.REJECT,
        "yield" if truce else "meet",
        speech_frame("no ... ahead", EventType.REJECT, "refuse"),
        content=i,
    )
    event.why.append(("type", i, "said by a party that there will be none = REJECT"))
    return event
