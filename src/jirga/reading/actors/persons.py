"""Office holders: which title belongs to which name, and to which party the person belongs."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Doc

from jirga.reading.actors.found import Found, case_of
from jirga.reading.actors.names import Scene, remember
from jirga.reading.actors.phrases import Phrase
from jirga.reading.wordlists import word_set

__all__ = ["settle_persons"]

_WOMEN, _MEN = word_set("persons women"), word_set("persons men")
_LEADS = word_set("persons leads")
_WEAK = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady"})


def settle_persons(doc: Doc, names: list[Found], phrases: list[Phrase], scene: Scene) -> None:
    """Join offices with the names beside them, in place.

    "Ruritania's Defence Minister, Jon Var" and "Jon Var, the Ruritanian defence minister" become one person
    of that party; a name after a title is a person whatever the pipeline took it for.
    """
    by_start = {one.start: one for one in names}
    by_stop = {one.stop: one for one in names}
    for phrase in phrases:
        if phrase.noun.group != "office":
            continue
        name = _named(doc, phrase.found, phrase.parties, by_start, by_stop)
        if name is None:
            continue
        _become_person(name, scene)
        if phrase.parties and (name.of is None or phrase.parties[0].how != "name"):
            name.of = phrase.parties[0].party if phrase.found.title not in _WEAK else name.of
        if phrase.found.title not in _WEAK:
            name.title = phrase.found.title
        name.gender = name.gender or _gender(phrase.found.title)
        known = scene.people.get(name.id)
        if known is not None and known is not name:
            known.of, known.title = known.of or name.of, known.title or name.title
            known.gender = known.gender or name.gender
        scene.people.setdefault(name.id, name)
        phrase.found.id, phrase.found.name, phrase.found.of = name.id, name.name, name.of
        phrase.found.kind, phrase.open = "person", False
        phrase.parties = phrase.parties[:1]
    _leaders(doc, names, phrases)


def _gender(title: str) -> str:
    told = set(title.split())
    return "f" if told & _WOMEN else "m" if told & _MEN else ""


def _leaders(doc: Doc, names: list[Found], phrases: list[Phrase]) -> None:
    """Let a person belong to whom they lead: "Ana Ruiz, who leads the HLF", "a Kenyan delegation led by Ann Odera"."""
    roots = {one.root: one for one in names if not one.adjective}
    roots |= {
        p.found.root: p.found
        for p in phrases
        if p.found.of is not None or not p.found.id.startswith("actor:")
    }
    for one in names:
        if one.kind != "person" or one.of is not None:
            continue
        token, led = doc[one.root], None
        relative = next(
            (c for c in token.children if c.dep_ == "acl:relcl" and c.lemma_.lower() in _LEADS), None
        )
        if relative is not None:
            led = next((roots.get(c.i) for c in relative.children if c.dep_ == "obj"), None)
        elif token.dep_.startswith("obl") and case_of(token) == "by" and token.head.lemma_.lower() in _LEADS:
            led = roots.get(token.head.head.i) if token.head.dep_.startswith("acl") else None
        if led is not None and led.kind not in {"place", "person"}:
            one.of = led.party


def _named(
    doc: Doc, office: Found, parties: list[Found], by_start: dict[int, Found], by_stop: dict[int, Found]
) -> Found | None:
    after = max([office.stop, *(p.stop for p in parties if office.stop < p.stop <= office.stop + 8)])
    goes_on = doc[after].lower_ in {"of", "for", "in", "to"} if after < len(doc) else False
    if goes_on and (not parties or after == office.stop):  # "a spokesman for the rebels, Omar Said"
        inner = next(
            (c for c in islice(doc[office.root].children, 20) if c.dep_ == "nmod" and c.i > after), None
        )
        after = inner.i + 1 if inner is not None and inner.i - after < 5 else after
    if after < len(doc) and doc[after].text == ".":
        after += 1
    if after < len(doc) and _person(by_start.get(after), doc):
        return by_start[after]
    if after + 1 < len(doc) and doc[after].text == "," and _person(by_start.get(after + 1), doc):
        name = by_start[after + 1]
        closes = name.stop < len(doc) and doc[name.stop].text in {",", "."}
        return name if closes or doc[name.root].dep_ == "appos" else None
    edge = doc[office.root].left_edge.i
    for begin in (
        office.start,
        edge if 0 < office.start - edge < 6 else 0,
    ):  # "Ana Ruiz, the army's chief negotiator"
        before = begin - 1
        while before > 0 and begin - before <= 2 and doc[before].pos_ == "DET":
            before -= 1
        if before > 0 and doc[before].text == "," and _person(by_stop.get(before), doc):
            return by_stop[before]
    return None


def _person(one: Found | None, doc: Doc) -> bool:
    if one is None:
        return False
    if one.kind == "person":
        return True
    return (
        one.kind == "unknown"
        and one.id.startswith("actor:")
        and all(t.text[0].isupper() or len(t) < 4 for t in doc[one.start : one.stop])
    )


def _become_person(name: Found, scene: Scene) -> None:
    if name.kind == "person":
        return
    known = scene.people.get(name.id.split(":", 1)[1])
    if known is not None:
        name.id, name.name, name.of, name.title = known.id, known.name, known.of, known.title
    else:
        name.id = "person:" + name.id.split(":", 1)[1]
    name.kind = "person"
    remember(name, scene)
