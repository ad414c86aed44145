"""Threats, offers, refusals and blame for which there is no one word: "we will move the line unless they stop"."""

from __future__ import annotations

from jirga.reading.statements.chain import Parties
from jirga.reading.statements.demands import speech_frame
from jirga.reading.statements.event import Event
from jirga.reading.statements.events import EventReader
from jirga.reading.statements.frames import Frame
from jirga.reading.statements.modality import condition_of, force_of
from jirga.reading.statements.tree import Tree
from jirga.reading.statements.words import words
from jirga.reading.types import ActorMention, Attribution, EventType, SourceKind

__all__ = ["implied"]

_IDLE = words("demands_idle")
_NO_WAY, _ON_TABLE = words("implied_no_way"), words("implied_on_table")
_SHORT = words("implied_short")
_TALK, _ROOM = words("implied_talk"), words("implied_room")
_UNLESS = frozenset({"unless", "until", "till"})
_GUILT = frozenset({"blame", "fault", "responsibility", "guilt"})
_FREE = frozenset({"unanswered", "unpunished"})


def implied(
    tree: Tree, reader: EventReader, i: int, chain: tuple[Attribution, ...], parties: Parties
) -> Event | None:
    """Return what a speaker threatens, offers, refuses or blames without a word for it.

    Parameters
    ----------
    tree : Tree
    reader : EventReader
    i : int
        A verb or a predicate.
    chain : tuple of Attribution
        Over it, outermost first; what nobody says is none of these.
    parties : Parties

    Returns
    -------
    Event or None
        Its actor is the speaker, or the subject where the speaker speaks of himself.
    """
    if not chain or chain[-1].source is None or chain[-1].kind == SourceKind.OUTLET:
        return None
    speaker = chain[-1].source
    if tree.kid(i, "cop") is not None:
        return _out_of_question(tree, reader, i) or _blamed(tree, i) or _all_options(tree, i)
    if not tree.is_verb(i):
        return None
    return (
        _nothing_to_say(tree, i)
        or _impatient(tree, i)
        or _fault_lies(tree, reader, i)
        or _will_suffer(tree, reader, i, speaker, parties)
        or _will_if(tree, reader, i, speaker, parties)
    )


def _event(at: int, kind: EventType, name: str, mode: str | None, op: str, rule: str) -> Event:
    event = Event(at, at, kind, mode, speech_frame(name, kind, op))
    event.why.append(("type", at, f"{rule} = {kind}"))
    return event


def _will_if(
    tree: Tree, reader: EventReader, i: int, speaker: ActorMention, parties: Parties
) -> Event | None:
    """Read "we will move the line unless they stop" as a threat, "we will send a team if they free him" as an offer.

    Only of verbs that no frame knows; the condition tells which it is: what others omit or do against the speaker, or
    a kind act of theirs.
    """
    force, who = force_of(tree, i), tree.subject(i)
    if force.negative or force.when not in ("will", "would") or who is None or tree.passive(i):
        return None
    on = any(tree.words[k] == "on" and tree.deps[k] in ("compound:prt", "advmod") for k in tree.kids[i])
    if (
        (tree.lemmas[i] in _IDLE and not on)  # "we will go on until they stop"
        or reader.read(i) is not None
        or any(f.op == "think" for f in reader.frames(i))
    ):
        return None
    own = any(parties.same(a.id, speaker.id) for a in reader.cast.actors(who))
    if not own and tree.words[who] not in ("we", "i"):
        return _or_else(tree, reader, i, speaker, parties)
    kind = _answer_to(tree, reader, condition_of(tree, i), who)
    if kind is None:
        return None
    threat = kind == EventType.THREATEN
    frame = Frame("will if", (), kind, None, "threaten" if threat else "promise", (), ("subj",))
    event = Event(i, i, kind, None if threat else "change", frame, actors=[who], content=i)
    event.why.append(("type", i, f"what the speaker will do, under a condition = {kind}"))
    return event


def _or_else(
    tree: Tree, reader: EventReader, i: int, speaker: ActorMention, parties: Parties
) -> Event | None:
    """Read "if they do not free him, the gates of hell will open, X said" as a threat of X to them."""
    at = condition_of(tree, i)
    if at is None or tree.deps[at] != "advcl" or not parties.known(speaker.id):
        return None
    marks, who = {tree.words[k] for k in tree.kids[at] if k < at}, tree.subject(at)
    if (
        who is None
        or not reader.cast.at(who)
        or not ("unless" in marks or ("if" in marks and force_of(tree, at).negative))
    ):
        return None
    if any(parties.same(a.id, speaker.id) for a in reader.cast.actors(who)):
        return None
    event = _event(
        i, EventType.THREATEN, "or else", None, "threaten", "what will come if others do not give way"
    )
    event.recipients, event.content = tree.conjuncts(who), i
    return event


def _answer_to(tree: Tree, reader: EventReader, at: int | None, own: int) -> EventType | None:
    """Return what an act is that hangs on a condition, by what the condition is."""
    if at is None or tree.deps[at] != "advcl":
        return None
    who = tree.subject(at)
    if who is None or who == own or tree.words[who] == tree.words[own]:
        return None  # "if we are ready"
    marks = {tree.words[k] for k in tree.kids[at] if k < at}
    if marks & _UNLESS or ("if" in marks and force_of(tree, at).negative):
        return EventType.THREATEN
    inner = reader.read(at)
    if inner is None or "if" not in marks:
        return None
    group = reader.lex.groups[inner.type.value]
    return {"host": EventType.THREATEN, "coop": EventType.AGREE}.get(group)


def _will_suffer(
    tree: Tree, reader: EventReader, i: int, speaker: ActorMention, parties: Parties
) -> Event | None:
    """Read "Iran will pay a heavy price, X said", "this will not go unanswered, X said" as a threat of X."""
    force, who = force_of(tree, i), tree.subject(i)
    if force.when != "will" or who is None:
        return None
    near = {w for k in tree.kids[i] for w in (tree.words[k], tree.lemmas[k])}
    unpunished = force.negative and tree.lemmas[i] in ("go", "pass", "leave") and bool(near & _FREE)
    pays = not force.negative and _pays(tree, i, near) and reader.cast.known(who)
    if not (unpunished or pays) or any(parties.same(a.id, speaker.id) for a in reader.cast.actors(who)):
        return None
    event = _event(i, EventType.THREATEN, "will suffer", "violence", "threaten", "what others will suffer")
    event.recipients = tree.conjuncts(who) if pays else []
    event.content = i
    return event


def _pays(tree: Tree, i: int, near: set[str]) -> bool:
    if tree.lemmas[i] == "pay":
        return bool(near & {"price", "dearly"})
    if tree.lemmas[i] == "regret":
        return True
    return tree.lemmas[i] in ("face", "suffer", "bear", "feel") and bool(near & {"consequence", "wrath"})


def _out_of_question(tree: Tree, reader: EventReader, i: int) -> Event | None:
    """Read "a pullback is out of the question, X said", "that is not on the table, X said" as a refusal of X."""
    who, word = tree.kid(i, "nsubj", "nsubj:outer", "csubj"), tree.lemmas[i]
    force = force_of(tree, i)
    if who is None or force.when != "fact":
        return None
    cases = {tree.words[k] for k in tree.kids[i] if tree.deps[k] == "case"}
    if force.negative:
        refused = (
            word == "negotiable"
            or (word == "enough" and _at_issue(tree, reader, who))
            or (word in _ON_TABLE and bool(cases & {"on", "up", "for"}))
        )
    else:
        starter = word == "starter" and "non" in tree.words[max(i - 2, 0) : i]
        away = word in ("question", "table") and bool(cases & {"out", "off"})
        scant = word == "little" and any(tree.words[k] == "too" for k in tree.kids[i])
        refused = (
            word in _NO_WAY or starter or away or ((scant or word in _SHORT) and _at_issue(tree, reader, who))
        )
    if not refused:
        return None
    inner, modes = reader.read(who), reader.lex.table_modes
    if inner is not None and reader.lex.groups[inner.type.value] == "host":
        return None  # "the attack is inadmissible"
    mode = modes.get(inner.type.value if inner is not None else "any", modes["any"])
    event = _event(
        i, EventType.REJECT, "out of the question", mode, "refuse", "said to be out of the question"
    )
    event.content = who
    return event


def _at_issue(tree: Tree, reader: EventReader, who: int) -> bool:
    """Tell whether an offer or a plan is spoken of: "that was too little", "the plan is unworkable"."""
    return tree.words[who] in ("that", "this") or tree.lemmas[who] in reader.lex.classes["demand"]


def _all_options(tree: Tree, i: int) -> Event | None:
    """Read "all options are on the table, X said" as a threat of X."""
    who = tree.kid(i, "nsubj")
    if who is None or tree.lemmas[who] != "option" or tree.lemmas[i] not in ("table", "open"):
        return None
    every = any(tree.words[k] in ("all", "every", "military") for k in tree.kids[who])
    if not every or force_of(tree, i).negative or force_of(tree, i).when != "fact":
        return None
    return _event(i, EventType.THREATEN, "all options", None, "threaten", "all options said to be open")


def _nothing_to_say(tree: Tree, i: int) -> Event | None:
    """Read "there is nothing to discuss, X said", "there is no room for compromise, X said" as a refusal of X."""
    thing = tree.kid(i, "nsubj", "obj", "attr")
    if (
        thing is None
        or tree.kid(i, "expl") is None
        or force_of(tree, i).when not in ("fact", "will", "would")
    ):
        return None
    said = {tree.lemmas[k] for k in tree.kids[thing] if tree.deps[k] in ("acl", "nmod", "acl:relcl", "obl")}
    none = any(tree.deps[k] == "det" and tree.words[k] == "no" for k in tree.kids[thing])
    if not said & _TALK or not (tree.words[thing] == "nothing" or (none and tree.lemmas[thing] in _ROOM)):
        return None
    return _event(i, EventType.REJECT, "nothing to discuss", "meet", "refuse", "nothing to discuss")


def _impatient(tree: Tree, i: int) -> Event | None:
    """Read "our patience has run out, X said" as a threat of X."""
    who = tree.kid(i, "nsubj")
    thing = tree.kid(i, "obj") if tree.lemmas[i] == "lose" else None
    worn = (
        who is not None
        and tree.lemmas[who] == "patience"
        and tree.lemmas[i] in ("run", "wear", "end", "expire")
    )
    lost = thing is not None and tree.lemmas[thing] == "patience"
    if not (worn or lost) or force_of(tree, i).negative:
        return None
    return _event(i, EventType.THREATEN, "patience", None, "threaten", "patience said to be at an end")


def _fault_lies(tree: Tree, reader: EventReader, i: int) -> Event | None:
    """Read "the fault lies with Chad, X said" as X accusing Chad."""
    who = tree.kid(i, "nsubj")
    if who is None or tree.lemmas[who] not in _GUILT or tree.lemmas[i] not in ("lie", "rest", "fall"):
        return None
    found = [k for k in tree.kids[i] if tree.case(k) in ("with", "on", "upon") and reader.cast.known(k)]
    if not found or force_of(tree, i).negative:
        return None
    event = _event(i, EventType.ACCUSE, "fault lies with", None, "accuse", "fault said to lie with another")
    event.recipients = tree.conjuncts(found[0])
    return event


def _blamed(tree: Tree, i: int) -> Event | None:
    """Read "Chad is to blame, X said", "it was of Chad's making, X said" as X accusing Chad."""
    if force_of(tree, i).negative or force_of(tree, i).when != "fact":
        return None
    who = tree.kid(i, "nsubj") if tree.lemmas[i] == "blame" else None
    if tree.lemmas[i] == "making" and tree.case(i) == "of":
        who = tree.kid(i, "nmod:poss")
    if who is None:
        return None
    event = _event(i, EventType.ACCUSE, "to blame", None, "accuse", "said to be to blame")
    event.recipients = tree.conjuncts(who)
    return event
