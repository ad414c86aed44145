"""Invented sentences about many conflicts, with what each tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from jirga.reading.types import ActorMention, EventType, Reading, Statement

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One line of ``cases.tsv``."""

    text: str
    type: str
    mode: str
    actor: str
    recipient: str
    polarity: str
    modality: str

    def fits(self, s: Statement) -> bool:
        """Tell whether a statement is what the line asks for."""
        return (
            self.type in ("*", s.type.value)
            and self.mode in ("*", s.mode)
            and named(self.actor, s.actors)
            and named(self.recipient, s.recipients)
            and self.polarity == s.polarity.value
            and self.modality in ("*", s.modality.value)
        )


def named(words: str, actors: Iterable[ActorMention]) -> bool:
    """Tell whether an actor has these words in its text or name; "-" asks for none, "*" for nothing."""
    actors = list(actors)
    if words == "-":
        return not actors
    return words == "*" or any(words.lower() in f"{a.text} {a.name}".lower() for a in actors)


def cases(name: str) -> list[Case]:
    """Return the lines of a file of cases."""
    lines = (HERE / name).read_text(encoding="utf8").splitlines()
    return [Case(*line.split("\t")) for line in lines if line.strip() and not line.startswith("#")]


def right(case: Case, reading: Reading) -> bool:
    """Tell whether a reading has what a case asks for."""
    if case.type == "-":
        return not reading.statements
    return any(case.fits(s) for s in reading.statements)


@pytest.mark.parametrize(
    "case",
    [*cases("cases.tsv"), *cases("lexicon.tsv"), *cases("missed.tsv")],
    ids=lambda c: f"{c.type} {c.text[:50]}",
)
def test_sentence_tells(case: Case, read: Callable[[str], Reading]) -> None:
    reading = read(case.text)
    assert right(case, reading), [
        (s.type, s.mode, [a.name for a in s.actors], [a.name for a in s.recipients], s.polarity, s.modality)
        for s in reading.statements
    ]


def test_cases_cover_every_type_and_are_many() -> None:
    found = cases("cases.tsv")
    assert {c.type for c in found} >= {t.value for t in EventType}
    assert len({c.text for c in found}) >= 150


def test_hard_sentences_are_known_to_fail_or_have_moved(read: Callable[[str], Reading]) -> None:
    """When one of these comes right it belongs into ``cases.tsv``; the parser decides, so no count is pinned."""
    for case in cases("hard.tsv"):
        for s in read(case.text).statements:
            assert s.quote == case.text[s.begin : s.end]


def test_what_is_lifted_is_not_told_as_done(read: Callable[[str], Reading]) -> None:
    told = read("The farmers lifted their blockade of the port.").statements
    assert [s.type for s in told] == [EventType.RETREAT]


def test_each_of_what_is_wanted_is_a_demand(read: Callable[[str], Reading]) -> None:
    text = "Chad wants the camps closed, the leaders handed over and the border fenced."
    demands = [s for s in read(text).statements if s.type == EventType.REQUEST]
    wanted = [text[slice(*s.content)] for s in demands if s.content is not None]
    assert wanted == ["the camps closed", "the leaders handed over", "the border fenced"]
