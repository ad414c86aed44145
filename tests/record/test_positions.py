"""Demands, what they are not, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from tests.record.fixtures import WORLD, Told, day

from jirga.reading.types import EventType, Modality
from jirga.record.build import build_record
from jirga.record.types import AnswerKind, Position

E = EventType
DEMAND = "Veldland demanded that Ostmark hand over the captured pilots"
CONTENT = "hand over the captured pilots"


def positions(*clauses: tuple[str, EventType, dict]) -> tuple[Position, ...]:
    """Tell clauses in one report, after a demand and after enough force to make both of them sides."""
    told = Told("a", "Veldland shelled Ostmark. " + ". ".join([DEMAND, *(c[0] for c in clauses)]) + ".")
    told.tell("Veldland shelled Ostmark", E.ASSAULT, "Veldland", "Ostmark")
    told.tell(DEMAND, E.REQUEST, "Veldland", "Ostmark", content=CONTENT)
    for quote, type_, more in clauses:
        told.tell(quote, type_, **more)
    return build_record([told.reading]).positions


@dataclass(frozen=True)
class Case:
    """An answer and what it is taken for."""

    quote: str
    type: EventType
    kind: AnswerKind | None
    state: str
    inferred: bool = False
    more: dict = field(default_factory=dict)


K = AnswerKind
ANSWERS = [
    Case("Ostmark would never hand over the pilots", E.REJECT, K.REFUSES, "refused", more={"by": "Ostmark"}),
    Case("Ostmark agreed to hand over the captured pilots", E.AGREE, K.ACCEPTS, "accepted", more={"by": "Ostmark"}),
    Case("Ostmark gave in over two of the pilots", E.CONCEDE, K.CONCEDES, "accepted", more={"by": "Ostmark"}),
    Case("Ostmark would hand over the captured pilots if the shelling ended", E.AGREE, K.CONDITIONS, "conditional",
         more={"by": "Ostmark", "modality": Modality.CONDITIONAL, "condition": "the shelling ended"}),
    Case("This was not accepted", E.REJECT, K.REFUSES, "refused", inferred=True),
    Case("Ostmark refused", E.REJECT, K.REFUSES, "refused", inferred=True, more={"by": "Ostmark"}),
    Case("Veldland dropped its call for the captured pilots", E.CONCEDE, K.WITHDRAWS, "withdrawn", more={"by": "Veldland"}),
    Case("Ostmark rejected a fishing quota", E.REJECT, None, "open", more={"by": "Ostmark", "content": "a fishing quota"}),
    Case("Sudmere would not hand over the captured pilots", E.REJECT, None, "open", more={"by": "Sudmere"}),
    Case("The talks ended without any agreement", E.REJECT, None, "open", more={"by": "Veldland+Ostmark", "mode": "meet"}),
]  # fmt: skip


@pytest.mark.parametrize("case", ANSWERS, ids=[c.quote for c in ANSWERS])
def test_answers(case: Case) -> None:
    (position,) = positions((case.quote, case.type, dict(case.more)))
    assert position.state == case.state
    assert [a.kind for a in position.answers] == ([case.kind] if case.kind else [])
    assert all(a.inferred is case.inferred for a in position.answers)


def told_of_nobody(*clauses: tuple[str, EventType, dict]) -> Position:
    """Return a demand made of nobody by name, in a report with a mediator and three sides."""
    asked = "Veldland demanded the release of the captured pilots"
    fought = ("Veldland shelled Ostmark", "River Guard shelled Sudmere", "Blue Front fired on Sudmere")
    told = Told("a", ". ".join([*fought, asked, *(c[0] for c in clauses)]) + ".")
    told.tell(fought[0], E.ASSAULT, "Veldland", "Ostmark")
    told.tell(fought[1], E.ASSAULT, "River Guard", "Sudmere")
    told.tell(asked, E.REQUEST, "Veldland", content="the release of the captured pilots")
    for quote, type_, more in clauses:
        told.tell(quote, type_, **more)
    return build_record([told.reading]).positions[0]


OFFERED = ("River Guard agreed to the release of the captured pilots", E.AGREE, {"by": "River Guard"})
REFUSED = ("Ostmark ruled out the release of the captured pilots", E.REJECT, {"by": "Ostmark"})
REPEATED = (
    "Veldland would not sign until the captured pilots were released", E.REJECT,
    {"by": "Veldland", "condition": "the captured pilots were released", "modality": Modality.CONDITIONAL},
)  # fmt: skip
WITHDREW = ("Veldland would withdraw from the camp of the captured pilots", E.AGREE, {"by": "Veldland"})


def test_only_an_opponent_answers_a_demand_made_of_nobody() -> None:
    assert [a.by for a in told_of_nobody(OFFERED, REFUSED).answers] == ["country:OST"]


def test_a_refusal_on_the_condition_of_the_demand_repeats_it() -> None:
    found = told_of_nobody(REPEATED, WITHDREW)
    assert (found.answers, found.state, len(found.statements)) == ((), "open", 2)


def test_an_answer_before_the_demand_is_none() -> None:
    early = Told("b", "Ostmark ruled out handing over the captured pilots. Veldland shelled Ostmark.", 10)
    early.tell("Ostmark ruled out handing over the captured pilots", E.REJECT, "Ostmark", when=day(9))
    late = Told("c", f"Veldland shelled Ostmark. {DEMAND}.", 20)
    late.tell("Veldland shelled Ostmark", E.ASSAULT, "Veldland", "Ostmark")
    late.tell(DEMAND, E.REQUEST, "Veldland", "Ostmark", content=CONTENT, when=day(12))
    (position,) = build_record([early.reading, late.reading]).positions
    assert position.answers == ()


def test_a_refusal_after_a_yes_is_a_reversal() -> None:
    (position,) = positions(
        ("Ostmark first agreed to hand over the captured pilots", E.AGREE, {"by": "Ostmark"}),
        ("later Ostmark would not hand over any pilots", E.REJECT, {"by": "Ostmark"}),
    )
    assert [a.kind for a in position.answers] == [K.ACCEPTS, K.REVERSES]
    assert position.state == "refused"


NOT_DEMANDS = [
    ("Ostmark had a demand of its own", {"by": "Ostmark", "content": "a demand of its own"}),
    (
        "Ostmark asked how it could be expected to police pirates",
        {"by": "Ostmark", "content": "police pirates"},
    ),
    ("Asked about the salt road, Ostmark kept silent", {"by": "Ostmark", "content": "the salt road"}),
]


@pytest.mark.parametrize(("quote", "more"), NOT_DEMANDS)
def test_what_is_no_demand(quote: str, more: dict) -> None:
    assert len(positions((quote, E.REQUEST, more))) == 1


def test_a_demand_repeated_is_one_and_another_is_two() -> None:
    found = positions(
        ("Veldland wanted the captured pilots handed over at once", E.REQUEST, {"by": "Veldland"}),
        ("Veldland also asked Ostmark to reopen the salt road", E.REQUEST,
         {"by": "Veldland", "to": "Ostmark", "content": "reopen the salt road"}),
    )  # fmt: skip
    assert [len(p.statements) for p in found] == [2, 1]


def test_the_addressee_may_stand_in_the_content() -> None:
    found = positions(
        ("Veldland wanted a promise that Ostmark would reopen the salt road", E.REQUEST,
         {"by": "Veldland", "content": "a promise that Ostmark would reopen the salt road"}),
    )  # fmt: skip
    assert found[1].addressee == "country:OST"


def test_an_infinitive_inside_a_demand_is_no_answer() -> None:
    asked = "Veldland asked Ostmark to agree to a joint patrol of the salt road"
    found = positions(
        (
            asked,
            E.REQUEST,
            {"by": "Veldland", "to": "Ostmark", "content": "agree to a joint patrol of the salt road"},
        ),
        ("agree to a joint patrol of the salt road", E.AGREE, {"by": "Ostmark"}),
    )
    assert all(p.state == "open" for p in found)


def test_a_promise_on_a_condition_answers_and_its_condition_is_a_demand() -> None:
    promise = "Ostmark would hand over the captured pilots if Veldland reopened the salt road"
    condition = "Veldland reopened the salt road"
    found = positions(
        (promise, E.AGREE, {"by": "Ostmark", "modality": Modality.CONDITIONAL, "condition": condition}),
        (promise, E.REQUEST, {"by": "Ostmark", "to": "Veldland", "content": condition}),
    )
    assert [p.state for p in found] == ["conditional", "open"]
    assert found[1].demander == "country:OST"


def test_the_proposal_that_was_agreed_to_is_the_mediators_where_that_was_told_last() -> None:
    found = positions(
        (
            "Sudmere proposed a census of orchards",
            E.REQUEST,
            {"by": "Sudmere", "content": "a census of orchards"},
        ),
        ("Ostmark agreed to the proposal", E.AGREE, {"by": "Ostmark", "content": "the proposal"}),
    )
    assert [p.state for p in found] == ["open", "accepted"]


def test_a_place_is_asked_nothing() -> None:
    WORLD["Dry Ford"] = ("place:9", "Dry Ford", "place", None, "name")
    try:
        found = positions(
            ("Veldland wanted the salt road to Dry Ford reopened", E.REQUEST,
             {"by": "Veldland", "to": "Dry Ford", "content": "the salt road to Dry Ford reopened"}),
        )  # fmt: skip
    finally:
        del WORLD["Dry Ford"]
    assert found[1].addressee is None


def test_what_is_held_back_until_a_condition_is_met_is_not_what_is_asked() -> None:
    """An agreement to a truce does not meet the condition for one."""
    held = "Veldland will not accept any truce unless Ostmark leaves the valley and gives up its guns"
    found = positions(
        (held, E.REQUEST, {"by": "Veldland", "to": "Ostmark", "content": "gives up its guns"}),
        (
            "Ostmark agreed to a truce of three months",
            E.AGREE,
            {"by": "Ostmark", "content": "a truce of three months"},
        ),
    )
    (guns,) = [p for p in found if "guns" in p.demand]
    assert guns.answers == ()


def test_what_several_proposed_together_is_asked_of_none_of_them() -> None:
    quote = "A truce was proposed by Veldland, Ostmark and Sudmere"
    found = positions((quote, E.REQUEST, {"by": "Veldland+Ostmark+Sudmere", "content": "A truce"}))
    assert {p.addressee for p in found if "truce" in p.demand.lower()} == {None}


def test_what_two_demand_by_one_statement_are_two_positions_each_with_its_own_id() -> None:
    found = positions(
        (
            "Veldland and Ostmark called for a truce",
            E.REQUEST,
            {"by": "Veldland+Ostmark", "content": "a truce"},
        )
    )
    joint = [one for one in found if one.demand == "a truce"]
    assert {one.demander for one in joint} == {one.addressee for one in joint}
    assert len({one.id for one in joint}) == 2
