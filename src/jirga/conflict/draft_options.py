"""Options of a drafted model: what each side is asked to grant, and what it threatens or is doing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jirga.conflict.draft_conditions import condition_label, wanted
from jirga.conflict.draft_labels import act_label, deed, grant_label
from jirga.conflict.draft_names import slug
from jirga.reading.types import EventType, Statement
from jirga.record.content import content_words
from jirga.record.types import Position, Record, Threat
from jirga.record.words import Weights, cue, likeness, normal, plain_lemma

__all__ = ["SAME", "Choice", "Material", "deed_of", "find_choices", "literal", "named"]

SAME = 0.6  # likeness from which two demands on one party, or two threats of one, are one option
UNDONE = (
    0.3  # likeness of a demand to stop something and the thing, from which granting it is leaving the thing
)
BEFORE = 100  # characters before a demand or threat that say how it is worded
ORIGIN_WEIGHT = 2.0  # an origin more tells more than a repetition more


@dataclass
class Choice:
    """An option while it is gathered.

    Attributes
    ----------
    owner : str
        Party id.
    words : frozenset of str
        What it is about, in comparable words.
    text : str
        The reports' words.
    act : bool
        Whether it is an action (threatened or running) rather than something to grant.
    before : str
        What the report prints right before the words.
    called : frozenset of str
        What the reports call the owner, lower case.
    granted_by_leaving : set of str
        Ids of positions that are granted when the option is not taken ("stop the shelling").
    refused, offered : list of str
        Ids of statements in which the owner refuses it, or says that it is ready for it, unasked.
    asked : list of (str, tuple of str)
        Who asks for it by a condition, with the statements that tell the condition.
    wording : str
        The label, where it is not made from a demand or a threat.
    """

    owner: str
    words: frozenset[str]
    text: str
    act: bool
    before: str = ""
    called: frozenset[str] = frozenset()
    positions: list[Position] = field(default_factory=list)
    threats: list[Threat] = field(default_factory=list)
    granted_by_leaving: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    wording: str = ""
    id: str = ""

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of the statements behind it: demands, threats, conditions, refusals and offers, then answers."""
        told = [s for p in self.positions for s in p.statements]
        told += [s for t in self.threats for s in t.statements]
        told += [s for _, statements in self.asked for s in statements]
        told += [*self.refused, *self.offered]
        told += [s for p in self.positions for a in p.answers for s in a.statements]
        return tuple(dict.fromkeys(told))

    @property
    def met(self) -> str:
        """The preference statement that says: what is asked of the owner here is done."""
        return f"not {self.id}" if self.granted_by_leaving else self.id

    @property
    def running(self) -> bool:
        """Whether it is told as going on."""
        return any(t.running for t in self.threats)

    @property
    def worded_as_running(self) -> bool:
        """Whether a threat of it is worded as a thing that is done already: "will continue to strike"."""
        first = (t.words.strip("“”\"' ").partition(" ")[0].lower() for t in self.threats)
        return any(normal(plain_lemma(word)) in cue("goes_on") for word in first)

    @property
    def label(self) -> str:
        """What a person reads."""
        if self.wording:
            return self.wording
        if not self.act:
            return grant_label(self.text, self.before, self.called)
        return act_label(self.text, self.before, self.running, self.called)


class Material:
    """The record's statements in comparable words.

    Parameters
    ----------
    record : Record
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.texts = {report.name: report for report in record.reports}
        self.names = frozenset(
            token.lower()
            for party in record.parties
            for name in party.names
            for token in name.replace("-", " ").split()
            if token[:1].isupper()
        )
        self.mentioned = {
            " ".join(m.text.split()).lower().removeprefix("the ")
            for reading in record.readings
            for m in reading.mentions
            if m.kind != "place"
        }
        self.order = {statement: place for place, statement in enumerate(record.statements)}
        self.weights = Weights(frozenset(map(normal, s.terms)) for s in record.statements.values())

    def words(self, statement: str) -> frozenset[str]:
        """Return what a statement is about: its content, or the whole clause where it has none."""
        s = self.record.statements[statement]
        report = self.texts[s.report]
        own = content_words(report, s.content, s.terms, self.names)
        return (own or frozenset(normal(t) for t in s.terms if t.lower() not in self.names)) - cue("bare")

    def plain_words(self, text: str) -> frozenset[str]:
        """Return words outside any clause in comparable form."""
        tokens = (plain_lemma(t.strip(".,;:“”\"'’()")) for t in text.split())
        return frozenset(normal(t) for t in tokens if t and t not in self.names | cue("small"))

    def content(self, s: Statement) -> tuple[str, str]:
        """Return a statement's content and what the report prints right before it, in plain spaces."""
        text = self.texts[s.report].text
        begin, end = s.content or (s.begin, s.end)
        before = text[max(0, begin - BEFORE) : begin]
        return " ".join(text[begin:end].split()), " ".join(before.lower().split())

    def party(self, actor: str) -> str:
        """Return the party that an actor belongs to."""
        return self.record.of_party.get(actor, actor)

    def before(self, statement: str, words: str) -> str:
        """Return what a report prints right before some words of a statement's sentence."""
        s = self.record.statements[statement]
        text = self.texts[s.report].text
        at = text.find(words, max(0, min(s.begin, s.content[0] if s.content else s.begin) - BEFORE))
        return text[max(0, at - BEFORE) : at] if at > 0 else ""

    def called(self, party: str) -> frozenset[str]:
        """Return what the reports call a party, lower case, pronouns too."""
        told = {name.lower() for p in self.record.parties if p.id == party for name in p.names}
        for reading in self.record.readings:
            for m in reading.mentions:
                if m.kind != "place" and self.record.of_party.get(m.id, m.id) == party:
                    told.add(" ".join(m.text.split()).lower().removeprefix("the "))
        return frozenset(told)

    def alike(self, left: frozenset[str], right: frozenset[str]) -> float:
        """Compare two bags of words."""
        return likeness(left, right, self.weights)

    def statement(self, statement: str) -> Statement:
        """Return a statement by its id."""
        return self.record.statements[statement]

    def last(self, statements: Sequence[str]) -> int:
        """Return how late the latest of some statements stands in the record."""
        return max((self.order.get(s, 0) for s in statements), default=0)


def deed_of(threat: Threat, material: Material) -> tuple[str, str]:
    """Return what a threat says would be done and what stands before it; nothing where it only warns or names somebody."""
    words, before = deed(threat.words, material.before(threat.statements[0], threat.words))
    whom = words.lower().strip("“”\"' ").removeprefix("the ")
    return ("", "") if whom in material.mentioned else (words, before)


def literal(choice: Choice, position: Position) -> str:
    """Return the preference statement that says: this demand is granted."""
    return f"not {choice.id}" if position.id in choice.granted_by_leaving else choice.id


def find_choices(material: Material, sides: Sequence[str]) -> tuple[list[Choice], list[Position]]:
    """Make the options.

    Parameters
    ----------
    material : Material
    sides : sequence of str
        Party ids of the decision makers.

    Returns
    -------
    choices : list of Choice
        Without ids and in no order; see `named`.
    left_out : list of Position
        Demands that no side is known to be able to grant.
    """
    acts = _acts(material, sides)
    grants: list[Choice] = []
    left_out: list[Position] = []
    for position in material.record.positions:
        owner = _owner(position, sides)
        if position.demander not in sides or owner is None:
            left_out.append(position)
            continue
        words = _asked(position, material)
        act = _undone(words, position, acts, owner, material)
        if act is not None:
            act.positions.append(position)
            act.granted_by_leaving.add(position.id)
            continue
        same = next((g for g in grants if g.owner == owner and material.alike(g.words, words) >= SAME), None)
        if same is None:
            before = material.before(position.statements[0], position.demand)
            called = material.called(owner)
            wording = _of_condition(position.demand, before, called)
            grants.append(
                Choice(owner, words, position.demand, False, before, called, [position], wording=wording)
            )
        else:
            same.positions.append(position)
    return [*grants, *acts], left_out


def _asked(position: Position, material: Material) -> frozenset[str]:
    """Return what a demand is about; a refusal that repeats it as its condition speaks of other things, too."""
    told = [s for s in position.statements if material.statement(s).type is EventType.REQUEST]
    return frozenset[str]().union(*(material.words(s) for s in told or position.statements))


def _of_condition(text: str, before: str, called: frozenset[str]) -> str:
    """Return the label of a demand that is told as a condition, or nothing."""
    head = " ".join(before.lower().replace(",", " ").split()[-2:])
    for told in (text, f"{head.rpartition(' ')[2]} {text}", f"{head} {text}"):
        asked = wanted(told)
        if asked.clause:
            return condition_label(asked, called)
    return ""


def named(choices: Sequence[Choice], material: Material) -> list[Choice]:
    """Put those most is said of first and give each an id."""
    ordered = sorted(choices, key=lambda c: (-_told(c, material), material.order[c.statements[0]]))
    taken: set[str] = set()
    for choice in ordered:
        choice.id = slug(choice.wording or choice.text, material.names, taken)
        taken.add(choice.id)
    return ordered


def _owner(position: Position, sides: Sequence[str]) -> str | None:
    if position.addressee in sides:
        return position.addressee
    if position.addressee is not None:
        return None
    others = [side for side in sides if side != position.demander]
    answering = {a.by for a in position.answers if a.by in others and not a.inferred}
    if len(answering) == 1:
        return answering.pop()  # who answers a demand was asked
    return others[0] if len(others) == 1 else None


def _acts(material: Material, sides: Sequence[str]) -> list[Choice]:
    acts: list[Choice] = []
    for threat in material.record.threats:
        done, before = deed_of(threat, material)
        if threat.by not in sides or not done:
            continue
        words = frozenset[str]().union(*(material.words(s) for s in threat.statements))
        same = next(
            (a for a in acts if a.owner == threat.by and material.alike(a.words, words) >= SAME), None
        )
        if same is None:
            called = material.called(threat.by)
            acts.append(Choice(threat.by, words, done, True, before, called, threats=[threat]))
        else:
            same.threats.append(threat)
    return acts


def _undone(
    words: frozenset[str], position: Position, acts: Sequence[Choice], owner: str, material: Material
) -> Choice | None:
    """Return the action that a demand asks to leave, when it asks to stop one that its addressee threatens or does."""
    lemmas = {normal(t) for s in position.statements for t in material.statement(s).terms}
    if not lemmas & cue("stop"):
        return None
    own = [(material.alike(act.words, words), act) for act in acts if act.owner == owner]
    near = [(alike, act) for alike, act in own if alike >= UNDONE or (act.running and act.words & words)]
    return max(near, key=lambda pair: pair[0])[1] if near else None


def _told(choice: Choice, material: Material) -> float:
    answered = {s for p in choice.positions for a in p.answers for s in a.statements}
    told = [s for s in choice.statements if s not in answered]
    origins = {o for p in choice.positions for o in p.origins}
    origins |= {material.texts[material.statement(s).report].origin for s in told}
    return len(choice.statements) + ORIGIN_WEIGHT * len(origins)
