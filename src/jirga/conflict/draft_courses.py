"""Options that no demand names: what a side refuses of its own, what it offers, and what its conditions ask of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jirga.conflict.draft_conditions import condition_label, head_before, names, starts_with, wanted
from jirga.conflict.draft_labels import course_label, is_clause, starts_a_noun
from jirga.conflict.draft_material import Material
from jirga.conflict.draft_options import SAME, Choice
from jirga.reading.types import EventType, Modality, Polarity, Statement
from jirga.record.kinds import about_talks
from jirga.record.words import cue, normal, plain_lemma

__all__ = ["MET", "Condition", "add_courses", "alike", "ask", "condition_words", "like", "met_by"]

MET = 0.5  # share of a condition's words that an option must hold to be what the condition speaks of
NEAR = 30  # characters in which a clause names its subject
SHORT = 2  # words that a condition has at least: who and does what
_PRONOUNS = frozenset({"they", "it", "he", "she", "we", "i", "you", "there", "that", "this", "which", "who"})
_OPEN = frozenset({"on", "with", "to", "for", "in", "about", "over", "of", "from", "by"})


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that somebody sets, with the statements that tell it.

    Attributes
    ----------
    by : str
    against : str or None
    words : str
    statements : tuple of str
    promise : bool
        Whether a promise hangs on it, and not a threat or a refusal.
    """

    by: str
    against: str | None
    words: str
    statements: tuple[str, ...]
    promise: bool = False


def add_courses(material: Material, sides: Sequence[str], choices: list[Choice]) -> None:
    """Add what is refused, offered or asked by a condition and is no option yet.

    Parameters
    ----------
    material : Material
    sides : sequence of str
        Party ids of the decision makers.
    choices : list of Choice
        Demands and threats; longer afterwards.
    """
    for side, statement in _refused(material, sides):
        course = _course(side, (statement.id,), material)
        if course is not None:
            (like(course, choices, material) or _put(course, choices)).refused.append(statement.id)
    for condition in _conditions(material, choices):
        ask(condition, sides, choices, material)
    for commitment in material.record.commitments:
        lead = material.statement(commitment.statements[0])
        for side in (s for s in sides if commitment.offer and lead.content and s in commitment.by):
            _offer(_course(side, commitment.statements, material), choices, commitment.statements, material)


def _offer(
    course: Choice | None, choices: list[Choice], statements: tuple[str, ...], material: Material
) -> None:
    """Make what is offered an option where the other side has the same choice; what one does alone binds nobody."""
    if course is None:
        return
    own = like(course, choices, material)
    if own is None and any(alike(course, c, material) for c in choices if c.owner != course.owner):
        own = _put(course, choices)
    if own is not None:
        own.offered.extend(statements)


def alike(left: Choice, right: Choice, material: Material) -> bool:
    """Whether two courses of different sides are one thing that takes two: a truce, talks, an exchange."""
    if left.act or right.act:
        return False
    truce = "ceasefire" in left.words & right.words
    return truce or material.alike(left.words, right.words) >= SAME


def _refused(material: Material, sides: Sequence[str]) -> Iterator[tuple[str, Statement]]:
    """Refusals of something to do that answer no demand: "refused to attend", "ruled out a truce"."""
    used = {s for p in material.record.positions for a in p.answers for s in a.statements}
    for s in material.record.statements.values():
        if s.type is not EventType.REJECT or s.polarity is not Polarity.POSITIVE or s.id in used:
            continue
        if s.content is None or s.modality is Modality.HYPOTHETICAL:
            continue
        side = next((p for a in s.actors if (p := material.party(a.id)) in sides), None)
        if side is not None and _can_be_done(material, s):
            yield side, s


def _can_be_done(material: Material, s: Statement) -> bool:
    """Whether what is refused is the refuser's to do: an infinitive, or talks, a truce, a plan; what failed is not."""
    text, before = material.content(s)
    words = [normal(plain_lemma(w)) for w in (t.strip(",.;:“”\"'") for t in text.lower().split()) if w]
    last = before.split()[-2:]
    if (
        not words or words[0] in _PRONOUNS or words[-1] in _OPEN
    ):  # "they cannot", "something to compromise on"
        return False
    if cue("comment") & set(words[:2]) or about_talks(frozenset(words) - cue("small")):
        return False
    if last[-1:] == ["to"] and not starts_a_noun(text):
        return normal(plain_lemma(last[0])) not in cue("failing")
    return bool(cue("agreeable") & set(words[:6])) and not is_clause(text)


def _course(side: str, statements: tuple[str, ...], material: Material) -> Choice | None:
    lead = material.statement(statements[0])
    text, before = material.content(lead)
    words = frozenset[str]().union(*(material.words(s) for s in statements))
    label = course_label(text, before, talks=lead.mode == "meet")
    return Choice(side, words, text, False, before, wording=label) if words and label else None


def like(course: Choice, choices: Sequence[Choice], material: Material) -> Choice | None:
    """Return the option of the same side that a course is, or None."""
    own = [c for c in choices if c.owner == course.owner and not c.act]
    near = [(material.alike(c.words, course.words), c) for c in own]
    truce = [c for c in own if "ceasefire" in c.words & course.words]
    best = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= SAME else (truce[0] if truce else None)


def _put(course: Choice, choices: list[Choice]) -> Choice:
    choices.append(course)
    return course


def _conditions(material: Material, choices: Sequence[Choice]) -> Iterator[Condition]:
    """Conditions set by threats, answers and refusals, with who set them."""
    for choice in choices:
        for threat in choice.threats:
            words = condition_words(material, threat.statements[0]) or threat.condition
            if words:
                yield Condition(threat.by, threat.against, words, threat.statements)
        told = [s for p in choice.positions for a in p.answers if a.by == choice.owner for s in a.statements]
        for statement in [*told, *choice.refused]:
            words = condition_words(material, statement)
            if words:
                yield Condition(choice.owner, None, words, (statement,))


def condition_words(material: Material, statement: str) -> str:
    """Return the words of a statement's condition, or nothing."""
    s = material.statement(statement)
    if s.condition is None:
        return ""
    text = material.texts[s.report].text
    words = " ".join(text[s.condition[0] : s.condition[1]].split())
    if wanted(words, promise=True).clause:
        return words
    return f"{head_before(text[max(0, s.condition[0] - NEAR) : s.condition[0]])} {words}".strip()


def ask(
    condition: Condition, sides: Sequence[str], choices: list[Choice], material: Material
) -> Choice | None:
    """Make what a condition asks of the other side an option of that side, unless it is one.

    Parameters
    ----------
    condition : Condition
    sides : sequence of str
        Party ids of the decision makers.
    choices : list of Choice
        Longer afterwards where a new option is needed.
    material : Material

    Returns
    -------
    Choice or None
        The option that meets it; None where no side can be told to meet it.
    """
    others = [s for s in sides if s != condition.by]
    theirs = [c for c in choices if c.owner != condition.by]
    told = next((c for c in theirs if _tells(c, condition, material)), None)
    if told is not None:
        told.asked.append((condition.by, condition.statements))
        return told
    asked = wanted(condition.words, condition.promise)
    owner = next((s for s in others if names(asked.clause, material.called(s))), None)
    subject = starts_with(asked.clause, material.called(owner)) if owner else ""
    if owner is None:
        owner = (
            condition.against if condition.against in others else _counterpart(condition.by, others, material)
        )
    if asked.deters and (not subject or condition.promise):  # a warning about the world deters nobody's deed
        return None
    met = [] if asked.deters else met_by((), condition.words, theirs, material)
    if owner is None or len(asked.clause.split()) < SHORT or met:
        return met[0][0] if met else None
    words = material.plain_words(asked.clause)
    if not words - cue("bare") - cue("talks") - cue("lack") or starts_with(
        asked.clause, material.called(condition.by)
    ):
        return None
    label = condition_label(asked, material.called(owner))
    choice = Choice(owner, words, asked.clause, False, wording=label, feared=asked.deters)
    choice.asked.append((condition.by, condition.statements))
    choices.append(choice)
    return choice


def _tells(choice: Choice, condition: Condition, material: Material) -> bool:
    """Whether a demand behind an option is read from this very condition."""
    spans = [(s.report, s.condition) for s in map(material.statement, condition.statements) if s.condition]
    for told in (material.statement(i) for p in choice.positions for i in p.statements):
        for report, (begin, end) in spans:
            if told.report == report and told.content and told.content[0] < end and begin < told.content[1]:
                return True
    return False


def _counterpart(side: str, others: Sequence[str], material: Material) -> str | None:
    """Return the one side that a side demands of, or that demands of it; None when there are several."""
    if len(others) == 1:
        return others[0]
    met = {other for other in others if frozenset({side, other}) in material.pairs}
    return met.pop() if len(met) == 1 else None


def met_by(
    statements: Sequence[str], condition: str, choices: Sequence[Choice], material: Material
) -> list[tuple[Choice, str]]:
    """Return the options that a condition speaks of.

    Parameters
    ----------
    statements : sequence of str
        Those that tell the condition.
    condition : str
    choices : sequence of Choice
    material : Material

    Returns
    -------
    list of (Choice, str)
        The one made from the condition itself, or the most alike first, with the preference statement that meets it.
    """
    own = [c for c in choices if any(set(told) & set(statements) for _, told in c.asked)]
    if own:
        return [(own[0], own[0].met)]
    telling = material.plain_words(condition) - cue("bare") - cue("talks") - cue("lack")
    whole = material.weights.sum(sorted(telling))
    scored = [(material.weights.sum(sorted(telling & c.words)) / whole, c) for c in choices] if whole else []
    near = sorted((s for s in scored if s[0] >= MET), key=lambda s: (-s[0], s[1].id, s[1].text))
    return [(c, c.met) for _, c in near]
