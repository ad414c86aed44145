"""Promises on a condition: "would open the road if the siege ended", "will not give up the town until it is paid"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jirga.conflict.draft_conditions import wanted
from jirga.conflict.draft_courses import Condition, ask, condition_words, like
from jirga.conflict.draft_labels import cut
from jirga.conflict.draft_material import Material
from jirga.conflict.draft_options import Choice, Term
from jirga.conflict.draft_trim import without_tail
from jirga.reading.types import EventType, Statement
from jirga.record.types import AnswerKind
from jirga.record.words import cue, normal, plain_lemma

__all__ = ["add_promises"]

_PROMISED = frozenset(
    {EventType.AGREE, EventType.CONCEDE, EventType.RETREAT, EventType.SUPPORT, EventType.COOPERATE, EventType.REJECT}
)  # fmt: skip
_LEAD = re.compile(
    r"\b(?:(?:will|would|shall|could) (?:be )?|(?:is|are|was|were) )?"
    r"(?:(?:ready|prepared|willing) to |(?:offers?|offered|promises?|promised|agrees?|agreed|pledged) to "
    r"|(?:will|would|shall) )(not |only |then )?(?!be |have )",
    re.I,
)
_UNTIL = ("until ", "till ", "unless ", "before ", "while ", "as long as ", "so long as ")


@dataclass(frozen=True, slots=True)
class _Promise:
    """What a side would do, and on what condition."""

    by: str
    deed: str
    refused: bool
    condition: str
    statement: str


def add_promises(material: Material, sides: Sequence[str], choices: list[Choice]) -> None:
    """Make what is promised on a condition an option of its maker, and the condition one of the other side.

    Parameters
    ----------
    material : Material
    sides : sequence of str
        Party ids of the decision makers.
    choices : list of Choice
        Longer afterwards.
    """
    for promise in _promises(material, sides):
        condition = Condition(
            promise.by, None, promise.condition, (promise.statement,), promise=not promise.refused
        )
        course = _course(promise, material)
        other = ask(condition, sides, choices, material)
        if other is None or other.owner == promise.by or not course.words:
            continue
        wanted_too = any(p.demander == promise.by for p in other.positions)
        if not wanted_too and all(by != promise.by for by, _ in other.asked):
            other.asked.append((promise.by, (promise.statement,)))
        own = like(course, choices, material) or _same_end(course, choices)
        if own is None:
            own = course
            choices.append(course)
        own.terms.append(Term(other, (promise.statement,), promise.refused))


def _promises(material: Material, sides: Sequence[str]) -> Iterator[_Promise]:
    answered = {
        s
        for p in material.record.positions
        for a in p.answers
        if a.kind is AnswerKind.CONDITIONS and not a.inferred
        for s in a.statements
    }
    offers = {s for t in material.record.threats if material.offered(t) for s in t.statements}
    for s in material.record.statements.values():
        if s.condition is None or s.id in answered:
            continue
        if s.type not in _PROMISED and s.id not in offers:
            continue
        side = next((p for a in s.actors if (p := material.party(a.id)) in sides), None)
        words = condition_words(material, s.id)
        found = _deed(s, material)
        if side is None or found is None or not words:
            continue
        deed, no = found
        if (not no and s.type is EventType.REJECT) or (no and not words.lower().startswith(_UNTIL)):
            continue
        if wanted(words, promise=not no).clause:
            yield _Promise(side, deed, no, words, s.id)


def _deed(s: Statement, material: Material) -> tuple[str, bool] | None:
    """Return what would be done, in the bare infinitive, and whether it is told as a no; None where no verb says it."""
    assert s.condition is not None
    text = material.texts[s.report].text
    end = s.condition[0] if s.condition[0] > s.begin else s.end
    told = " ".join(text[s.begin : min(end, s.end)].split())
    lead = _LEAD.search(told)
    if lead is None:
        return None
    words = told[lead.end() :].split()
    while words and words[-1].lower().strip(",") in ("only", "until", "unless", "once", "if", "before", "while", "as",
                                                     "long", "till", "when", "after"):  # fmt: skip
        words.pop()
    deed = without_tail(" ".join(words).strip(" ,.;:“”\"'"))
    return (deed, (lead.group(1) or "").strip().lower() == "not") if deed else None


def _course(promise: _Promise, material: Material) -> Choice:
    deed = promise.deed
    words = material.plain_words(deed) - cue("bare")
    label = cut(f"{deed[:1].upper()}{deed[1:]}")
    return Choice(promise.by, words, deed, False, wording=label)


def _same_end(course: Choice, choices: Sequence[Choice]) -> Choice | None:
    """Return the one option of the maker that ends force, where what it promises is to end force, too."""
    if not _ends_force(course):
        return None
    near = [c for c in choices if c.owner == course.owner and not c.act and _ends_force(c)]
    return near[0] if len(near) == 1 else None


def _ends_force(choice: Choice) -> bool:
    words = {normal(plain_lemma(w.strip(",.;:“”\"'"))) for w in choice.label.lower().split()}
    return bool(words & cue("stop")) and bool(words & cue("violence"))
