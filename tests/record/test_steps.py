"""A demand step by step, and how it stood on a day."""

from __future__ import annotations

from datetime import date

import pytest
from tests.record.fixtures import Told, day

from jirga.reading.types import EventType, Modality
from jirga.record.build import build_record
from jirga.record.outcome import Given, contested, day_told, state_of, with_reversals
from jirga.record.steps import Reply, Saying, Step, standing, steps
from jirga.record.types import AnswerKind as K
from jirga.record.types import Position

E = EventType
MAY = {number: date(2031, 5, number) for number in range(1, 32)}


def said(number: int | None, asking: str = "Veldland asked", place: int = 0, **figures: float) -> Saying:
    name = f"{number}-{place}"
    order = (str(number), name, name, place)
    return Saying(
        name, name, name, MAY[number] if number else None, order, (place, place + 1), asking, figures
    )


def answer(kind: K, number: int, by: str = "ost") -> Reply:
    return Reply(kind, by, (said(number, place=50 + number),))


def kinds(found: tuple[Step, ...]) -> list[str]:
    return [step.kind for step in found]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (said(2), ["first asked"]),  # another report of the same days
        (said(9), ["first asked", "repeated"]),
        (said(2, "Veldland once again asked"), ["first asked", "repeated"]),
        (said(9, "Veldland hardened its demand"), ["first asked", "raised"]),
        (said(9, pilot=30), ["first asked", "raised"]),
        (said(2, pilot=5), ["first asked", "softened"]),
        (said(9, pilot=20), ["first asked", "repeated"]),
        (said(9, boat=70), ["first asked", "repeated"]),
        (said(None), ["first asked", "repeated"]),
    ],
)
def test_what_asking_once_more_is(second: Saying, told: list[str]) -> None:
    assert kinds(steps("vel", [said(1, pilot=20), second], [])) == told


def test_one_asking_keeps_all_that_tell_it() -> None:
    (step,) = steps("vel", [said(2), said(1), said(3)], [])
    assert (step.day, len(step.sayings), step.by) == (MAY[1], 3, "vel")


def test_dropping_a_demand_does_not_make_it_once_more() -> None:
    dropped = said(20, place=3)
    found = steps("vel", [said(1), dropped], [Reply(K.WITHDRAWS, "vel", (dropped,))])
    assert kinds(found) == ["first asked", "withdrawn"]
    assert kinds(steps("vel", [dropped], [Reply(K.WITHDRAWS, "vel", (dropped,))])) == [
        "asked before",
        "withdrawn",
    ]


def test_a_demand_through_the_month() -> None:
    found = steps(
        "vel",
        [said(2), said(10)],
        [answer(K.REFUSES, 3), answer(K.EVADES, 11), answer(K.SOFTENS, 14, "vel"), answer(K.ACCEPTS, 15), answer(K.REVERSES, 25)],
    )  # fmt: skip
    assert kinds(found) == ["first asked", "refuses", "repeated", "evades", "softened", "accepts", "reverses"]
    states = {
        1: "not yet asked",
        2: "open",
        3: "refused",
        14: "refused",
        15: "accepted",
        24: "accepted",
        31: "refused",
    }
    assert {number: standing(found, MAY[number]) for number in states} == states
    assert standing(found) == "refused"


def given(kind: K, number: int, report: str = "", by: str = "ost") -> Given:
    name = report or f"r{number}"
    return Given(kind, by, MAY[number], name, name, (str(number), name, name, 0))


def test_a_refusal_long_after_a_yes_in_another_report_is_a_reversal() -> None:
    assert with_reversals([given(K.ACCEPTS, 1), given(K.REFUSES, 9)]) == [K.ACCEPTS, K.REVERSES]
    assert with_reversals([given(K.REFUSES, 9), given(K.ACCEPTS, 1)]) == [
        K.REVERSES,
        K.ACCEPTS,
    ]  # whatever the order
    assert with_reversals([given(K.ACCEPTS, 1), given(K.REFUSES, 3)]) == [K.ACCEPTS, K.REFUSES]
    assert with_reversals([given(K.ACCEPTS, 1), given(K.REFUSES, 9, by="sud")]) == [K.ACCEPTS, K.REFUSES]


def test_only_answers_of_the_same_days_contradict_one_another() -> None:
    near = [given(K.ACCEPTS, 1), given(K.REFUSES, 3)]
    assert (state_of(near), contested(near)) == ("contested", near)
    far = [given(K.REFUSES, 1), given(K.ACCEPTS, 9)]
    assert (state_of(far), contested(far)) == ("accepted", [])
    turned = [given(K.ACCEPTS, 1), given(K.REVERSES, 3)]  # "refused, two days after accepting"
    assert (state_of(turned), contested(turned)) == ("refused", [])


def test_a_withdrawn_demand_stays_so_until_it_is_made_again() -> None:
    told = [given(K.WITHDRAWS, 5, by="vel"), given(K.REFUSES, 9)]
    assert state_of(told, [MAY[1], MAY[5]]) == "withdrawn"
    assert state_of(told, [MAY[1], MAY[8]]) == "refused"


def test_the_day_on_which_something_was_said() -> None:
    assert day_told(MAY[3], MAY[4], MAY[9]) == MAY[4]
    assert day_told(MAY[1], MAY[28], MAY[9]) == MAY[9]  # too wide to tell
    assert day_told(MAY[20], MAY[20], MAY[9]) == MAY[9]  # what is to happen was said before
    assert day_told(None, None, None) is None


def record_of(*clauses: tuple[str, EventType, dict]) -> tuple[Position, ...]:
    told = Told("a", "Veldland shelled Ostmark. " + ". ".join(c[0] for c in clauses) + ".")
    told.tell("Veldland shelled Ostmark", E.ASSAULT, "Veldland", "Ostmark")
    for quote, type_, more in clauses:
        told.tell(quote, type_, **more)
    return build_record([told.reading]).positions


ASKED = (
    "Veldland asked Ostmark to hand over the captured pilots", E.REQUEST,
    {"by": "Veldland", "to": "Ostmark", "content": "hand over the captured pilots"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        (("Veldland softened its call for the captured pilots", E.CONCEDE, {"by": "Veldland"}), K.SOFTENS),
        (
            (
                "Ostmark declined to say whether the captured pilots would be handed over", E.REJECT,
                {"by": "Ostmark", "content": "say whether the captured pilots would be handed over"},
            ),
            K.EVADES,
        ),
    ],
)  # fmt: skip
def test_answers_that_leave_a_demand_as_it_stands(clause: tuple[str, EventType, dict], kind: K) -> None:
    (position,) = record_of(ASKED, clause)
    assert ([a.kind for a in position.answers], position.state) == ([kind], "open")


def test_a_sentence_may_say_that_a_refusal_is_a_reversal() -> None:
    told = Told(
        "a",
        f"Veldland shelled Ostmark. {ASKED[0]}. Ostmark reversed its stand and refused to hand over the pilots.",
    )
    told.tell("Veldland shelled Ostmark", E.ASSAULT, "Veldland", "Ostmark")
    told.tell(ASKED[0], E.REQUEST, **ASKED[2])
    told.tell("refused to hand over the pilots", E.REJECT, "Ostmark")
    assert [a.kind for a in build_record([told.reading]).positions[0].answers] == [K.REVERSES]


def test_what_is_offered_in_return_does_not_answer_a_condition() -> None:
    offer = "Ostmark would hand over the captured pilots if Blue Front disarmed"
    found = record_of(
        ASKED,
        (offer, E.REQUEST, {"by": "Ostmark", "to": "Veldland", "content": "Blue Front disarmed"}),
        ("Veldland again asked for the captured pilots to be handed over", E.REQUEST,
         {"by": "Veldland", "content": "the captured pilots to be handed over"}),
        ("Veldland agreed to free talks about the captured pilots", E.AGREE,
         {"by": "Veldland", "content": "free talks about the captured pilots", "modality": Modality.ASSERTED}),
    )  # fmt: skip
    (condition,) = [p for p in found if "disarmed" in p.demand]
    assert (condition.answers, condition.state) == ((), "open")


def test_answers_weeks_apart_are_no_dispute() -> None:
    reports = []
    for name, number, quote, type_ in (
        ("b", 12, "Ostmark refused to hand over the captured pilots", E.REJECT),
        ("c", 28, "Ostmark agreed to hand over the captured pilots", E.AGREE),
    ):
        told = Told(name, f"Veldland shelled Ostmark. {ASKED[0]}. {quote}.", number)
        told.tell("Veldland shelled Ostmark", E.ASSAULT, "Veldland", "Ostmark", when=day(number))
        told.tell(ASKED[0], E.REQUEST, **ASKED[2])
        told.tell(quote, type_, "Ostmark", when=day(number))
        reports.append(told.reading)
    record = build_record(reports)
    (position,) = record.positions
    assert ([a.kind for a in position.answers], position.state) == ([K.REFUSES, K.ACCEPTS], "accepted")
    assert not [d for d in record.disputes if d.event == position.id]


def test_an_answer_may_name_the_thing_before_its_infinitive() -> None:
    found = record_of(
        ("Veldland asked Ostmark to grant it the right to search ships", E.REQUEST,
         {"by": "Veldland", "to": "Ostmark", "content": "grant it the right to search ships"}),
        ("Veldland asked Ostmark to mend the salt road and its bridges", E.REQUEST,
         {"by": "Veldland", "to": "Ostmark", "content": "mend the salt road and its bridges"}),
        ("Ostmark would not agree to any authority to board vessels", E.REJECT,
         {"by": "Ostmark", "content": "board vessels"}),
    )  # fmt: skip
    assert [(len(p.answers), p.state) for p in found] == [(1, "refused"), (0, "open")]
