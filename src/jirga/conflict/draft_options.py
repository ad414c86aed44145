"""Options of a drafted model: what each side is asked to grant, and what it threatens or is doing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from jirga.conflict.draft_conditions import condition_label, wanted
from jirga.conflict.draft_labels import act_label, grant_label
from jirga.conflict.draft_material import Material, deed_of, together
from jirga.conflict.draft_names import slug
from jirga.conflict.draft_trim import whose
from jirga.reading.types import EventType
from jirga.record.types import Position, Threat
from jirga.record.words import cue, normal, plain_lemma

__all__ = ["SAME", "Choice", "Term", "find_choices", "literal", "named"]

SAME = 0.6  # likeness from which two demands on one party, or two threats of one, are one option
UNDONE = (
    0.3  # likeness of a demand to stop something and the thing, from which granting it is leaving the thing
)
BRIEF = 2  # words of a deed that is only named
ORIGIN_WEIGHT = 2.0  # an origin more tells more than a repetition more


@dataclass(frozen=True)
class Term:
    """A condition on which a side would do something: what would meet it, and who says so.

    Attributes
    ----------
    other : Choice
        The option of the other side.
    statements : tuple of str
    refused : bool
        Told as a no until then ("will not, until"), not as a yes if.
    """

    other: Choice
    statements: tuple[str, ...]
    refused: bool


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
    terms : list of Term
        On what the owner would do it, by its own word.
    feared : bool
        Whether what the condition asks is to leave it: a threat "if the other side crosses the river".
    wording : str
        The label, where it is not made from a demand or a threat.
    coined : str
        The wording before "its" was named, of which the id is made.
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
    terms: list[Term] = field(default_factory=list)
    feared: bool = False
    wording: str = ""
    coined: str = ""
    id: str = ""

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of the statements behind it: demands, threats, conditions, refusals and offers, then answers."""
        told = [s for p in self.positions for s in p.statements]
        told += [s for t in self.threats for s in t.statements]
        told += [s for _, statements in self.asked for s in statements]
        told += [*self.refused, *self.offered, *(s for term in self.terms for s in term.statements)]
        told += [s for p in self.positions for a in p.answers for s in a.statements]
        return tuple(dict.fromkeys(told))

    @property
    def met(self) -> str:
        """The preference statement that says: what is asked of the owner here is done."""
        return f"not {self.id}" if self.granted_by_leaving or self.feared else self.id

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
    allies = together(material.record)
    for told in material.record.positions:
        position, owner = _asked_of(told, sides, allies)
        if position.demander not in sides or owner is None:
            left_out.append(told)
            continue
        words = _asked(position, material)
        act = _undone(words, position, acts, owner, material)
        if act is not None:
            act.positions.append(position)
            act.granted_by_leaving.add(position.id)
            continue
        own = [g for g in grants if g.owner == owner]
        same = next((g for g in own if material.alike(g.words, words) >= SAME), None)
        same = same or next((g for g in own if _told_in_one(position, g, material)), None)
        if same is None:
            before = material.before(position.statements[0], position.demand)
            called = material.called(owner)
            wording = _of_condition(position.demand, before, called)
            grants.append(
                Choice(owner, words, position.demand, False, before, called, [position], wording=wording)
            )
        else:
            same.positions.append(position)
            if len(position.demand) > len(same.text) and not same.wording:
                same.text, same.words = position.demand, same.words | words
    material.set_against(
        frozenset({p.demander, c.owner})
        for c in (*grants, *acts)
        for p in c.positions
        if p.demander != c.owner
    )
    return [*grants, *acts], left_out


def _asked_of(
    position: Position, sides: Sequence[str], allies: dict[str, set[str]]
) -> tuple[Position, str | None]:
    """Return a demand and who can grant it; those who demand a thing together do not demand it of one another."""
    joint = set[str]().union(*(allies[s] for s in position.statements))
    if position.addressee not in joint:
        return position, _owner(position, sides)
    others = [side for side in sides if side not in joint]
    owner = others[0] if len(others) == 1 else None
    answers = tuple(a for a in position.answers if a.by == owner)
    state = position.state if answers else "open"
    return replace(position, addressee=owner, answers=answers, state=state), owner


def _told_in_one(position: Position, choice: Choice, material: Material) -> bool:
    """Whether a demand and an option are read from one sentence, the words of one inside those of the other."""
    theirs = [material.statement(s) for p in choice.positions for s in p.statements]
    one, other = sorted((_flat(position.demand), _flat(choice.text)), key=len)
    return one in other and any(
        a.report == b.report and a.begin < b.end and b.begin < a.end
        for a in map(material.statement, position.statements)
        for b in theirs
    )


def _flat(text: str) -> str:
    return " ".join(text.lower().split())


def _asked(position: Position, material: Material) -> frozenset[str]:
    """Return what a demand is about; a refusal that repeats it as its condition speaks of other things, too."""
    told = [s for s in position.statements if material.statement(s).type is EventType.REQUEST]
    return frozenset[str]().union(*(material.words(s) for s in told or position.statements))


def _of_condition(text: str, before: str, called: frozenset[str]) -> str:
    """Return the label of a demand that is told as a condition, or nothing."""
    head = " ".join(before.lower().replace(",", " ").split()[-2:])
    for told in (text, f"{head.rpartition(' ')[2]} {text}", f"{head} {text}"):
        for promise in (False, True):  # "if the gates are not opened", "if the gates are opened"
            asked = wanted(told, promise)
            if asked.clause and not asked.deters:
                return condition_label(asked, called)
    return ""


def named(choices: Sequence[Choice], material: Material) -> list[Choice]:
    """Put those most is said of first and give each an id."""
    ordered = sorted(choices, key=lambda c: (-_told(c, material), material.order[c.statements[0]]))
    taken: set[str] = set()
    names = {p.id: p.name for p in material.record.parties}
    for choice in ordered:
        choice.coined = choice.wording
        askers = {p.demander for p in choice.positions} | {by for by, _ in choice.asked}
        if not choice.act and len(askers) == 1:
            choice.wording = whose(choice.label, names.get(next(iter(askers)), ""))
        choice.id = slug(choice.coined or choice.text, material.names, taken)
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
        if threat.by not in sides or not done or material.offered(threat) or material.pledged(threat):
            continue
        words = frozenset[str]().union(*(material.words(s) for s in threat.statements))
        own = [a for a in acts if a.owner == threat.by]
        same = next(
            (a for a in own if material.alike(a.words, words) >= SAME or _short_for(a.words, words)), None
        )
        if same is None:
            called = material.called(threat.by)
            acts.append(Choice(threat.by, words, done, True, before, called, threats=[threat]))
        else:
            same.threats.append(threat)
            if len(words) > len(same.words) and _short_for(same.words, words):
                same.text, same.before, same.words = done, before, words
    return acts


def _short_for(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether one of two deeds of a side is the other, told in a word: "the offensive", "launch an offensive on Karst"."""
    few, many = sorted((left, right), key=len)
    return 0 < len(few) <= BRIEF and few <= many


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
