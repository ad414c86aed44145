"""What is one thing and what is not: pairs of accounts with one difference each."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest
from benchmarks.linking import readings
from tests.record.fixtures import Told, day

from jirga.reading.types import EventType, Modality, Polarity
from jirga.record.build import build_record
from jirga.record.features import Count
from jirga.record.likeness import _figures
from jirga.record.types import Aspect, Record

E = EventType


def two(
    first: str, one: dict, second: str, other: dict, type_: EventType = E.ASSAULT, days: int = 1
) -> Record:
    """Tell one clause in each of two reports."""
    a, b = Told("a", f"{first}."), Told("b", f"{second}.", published=20 + days)
    a.tell(first, one.pop("type", type_), **one)
    b.tell(second, other.pop("type", type_), **other)
    return build_record([a.reading, b.reading])


RAID = {"by": "Veldland", "to": "Ostmark"}
FIRST = "Veldland raided a depot near Karst at dawn"
SECOND = "Forces of Veldland attacked the depot at Karst"

CASES = [
    ("the same", {}, {}, True),
    ("same day", {"when": day(3)}, {"when": day(3)}, True),
    ("a day apart: midnight", {"when": day(3)}, {"when": day(4)}, True),
    ("other days", {"when": day(3)}, {"when": day(9)}, False),
    ("other places", {"where": "Karst"}, {"where": "Lomme"}, False),
    ("one says where", {"where": "Karst"}, {}, True),
    ("other author", {}, {"by": "River Guard"}, False),
    ("author not told", {}, {"by": ""}, True),
    ("roles reversed", {}, {"by": "Ostmark", "to": "Veldland"}, False),
    ("claimed by a side", {"source": "Veldland"}, {}, True),
    ("only foreseen", {}, {"modality": Modality.FUTURE}, False),
    ("threatened", {}, {"type": E.THREATEN}, False),
    ("told by anonymous sources", {"source": "anonymous"}, {"hedges": ("reportedly",)}, True),
    ("same toll", {"counts": ((31, "guard", "killed"),)}, {"counts": ((31, "guard", "killed"),)}, True),
    ("toll rises", {"counts": ((31, "guard", "killed"),)}, {"counts": ((35, "guard", "killed"),)}, True),
]


@pytest.mark.parametrize(("what", "one", "other", "linked"), CASES, ids=[c[0] for c in CASES])
def test_pairs(what: str, one: dict, other: dict, linked: bool) -> None:
    record = two(FIRST, {**RAID, **one}, SECOND, {**RAID, **other})
    assert (len(record.events) == 1) is linked


def test_figures_that_differ_are_a_dispute_without_a_best() -> None:
    counts = [{"counts": ((n, "guard", "killed"),), "when": day(3)} for n in (31, 40)]
    record = two(FIRST, {**RAID, **counts[0]}, SECOND, {**RAID, **counts[1]})
    (dispute,) = record.disputes
    assert dispute.aspect is Aspect.NUMBER
    assert dispute.subject == "guard"
    assert not dispute.refines
    assert {a.value for a in dispute.accounts} == {"31", "40"}


@pytest.mark.parametrize(("low", "other", "same"), [(30, 31, True), (30, 90, False), (30, 29, False)])
def test_a_range_speaks_for_a_figure_in_it_that_is_near(low: int, other: int, same: bool) -> None:
    one = Count("guard", "killed", low, float("inf"), "")
    assert (_figures((one,), (Count("guard", "killed", other, other, ""),)) > 0) is same


def test_the_toll_that_the_other_side_tells_is_one_account_more() -> None:
    """Clauses of one sentence stand together for their group: what one of them does not say, the other does."""
    killed, sunk, lost = "killed 58 Veldlandic marines", "sunk 6 barges", "23 of its marines had been killed"
    told = []
    for number, text in enumerate(
        (f"The Blue Front had {killed} and {sunk}.", f"The Blue Front said it had {killed} and {sunk}.",
         f"The Blue Front had {killed}. Veldland said that {lost}."), start=20,
    ):  # fmt: skip
        report = Told(f"r{number}", text, published=number)
        report.tell(killed, E.ASSAULT, "Blue Front", "Veldland", counts=((58, "marine", "killed"),))
        if sunk in text:
            report.tell(sunk, E.ASSAULT, "Blue Front", "Veldland", counts=((6, "barge", "destroyed"),))
        told.append(report)
    told[-1].tell(lost, E.ASSAULT, "", "Veldland", counts=((23, "marine", "killed"),), source="Veldland")
    (number,) = [d for d in build_record([r.reading for r in told]).disputes if d.aspect is Aspect.NUMBER]
    assert {a.value for a in number.accounts} == {"58", "23"}


def test_yes_and_no_are_a_dispute() -> None:
    no = {**RAID, "polarity": Polarity.NEGATIVE, "when": day(3), "where": "Karst"}
    record = two(FIRST, {**RAID, "when": day(3), "where": "Karst"}, SECOND, no)
    assert [d.aspect for d in record.disputes] == [Aspect.POLARITY]


def test_days_that_differ_by_one_are_a_dispute() -> None:
    record = two(FIRST, {**RAID, "when": day(3)}, SECOND, {**RAID, "when": day(4)})
    assert {a.value for d in record.disputes for a in d.accounts} == {"2031-05-03", "2031-05-04"}


def test_one_quotation_in_two_wordings() -> None:
    first = "Minister Orla Brandt said: “We will cross that river every night until the raids stop, and nobody can halt us.”"
    second = "“We will cross that river every night until the raids stop,” Minister Orla Brandt said"
    said = {"by": "Minister Orla Brandt"}
    record = two(first, dict(said), second, dict(said), E.THREATEN)
    assert len(record.events) == 1
    (wording,) = [d for d in record.disputes if d.aspect is Aspect.WORDING]
    assert wording.refines


def test_what_was_refused_must_be_told_to_be_one() -> None:
    record = two(
        "Ostmark rejected the demand",
        {"by": "Ostmark"},
        "Ostmark rejected both demands",
        {"by": "Ostmark"},
        E.REJECT,
    )
    assert len(record.events) == 2


def test_an_offer_is_not_an_agreement() -> None:
    truce = {"by": "Ostmark", "mode": "ceasefire"}
    record = two(
        "Ostmark was ready for a full truce",
        dict(truce),
        "Ostmark agreed to a full truce",
        dict(truce),
        E.AGREE,
    )
    assert len(record.events) == 2


def test_precision_and_recall_on_invented_reports() -> None:
    """Sixty incidents a day between six sides, each told about four times; a wrong link is worse than a missed one."""
    record = build_record(readings(120, seed=5))
    truth = {s.id: _incident(s.quote) for s in record.statements.values()}
    right = wrong = 0
    for event in record.events:
        for a, b in itertools.combinations(event.statements, 2):
            right, wrong = right + (truth[a] == truth[b]), wrong + (truth[a] != truth[b])
    pairs = sum(n * (n - 1) // 2 for n in Counter(truth.values()).values())
    assert right / (right + wrong) >= 0.97
    assert right / pairs >= 0.75


def _incident(quote: str) -> tuple[str, str]:
    kind = "asks" if " that " in quote else "refuses" if " to " in quote else "attacks"
    places = [w.strip(",") for w in quote.split() if w[0].isupper() and not w.startswith("Side")]
    return kind, places[0]


def test_order_and_names_of_reports_change_nothing() -> None:
    made = readings(30, seed=2)
    events = {e.id for e in build_record(made).events}
    random.Random(1).shuffle(made)
    assert {e.id for e in build_record(made).events} == events


OFFERS = [
    (
        "Ostmark offered to halt its night raids for ten days",
        "Ostmark would halt night raids for ten days if let be",
        True,
    ),
    (
        "Ostmark agreed to halt its night raids for ten days",
        "Ostmark would halt night raids for ten days if let be",
        False,
    ),
]


@pytest.mark.parametrize(("first", "second", "same"), OFFERS)
def test_a_promise_on_a_condition_is_an_offer(first: str, second: str, same: bool) -> None:
    truce = {"by": "Ostmark", "mode": "ceasefire", "counts": ((10, "day", "duration"),)}
    record = two(first, dict(truce), second, {**truce, "modality": Modality.CONDITIONAL}, E.AGREE)
    assert (len(record.events) == 1) is same


def test_talks_told_of_one_party_are_those_of_both_but_not_what_that_party_did_to_them() -> None:
    first, both = "The talks ended with no result", {"by": "Veldland+Ostmark", "mode": "meet"}
    one = {**both, "by": "Ostmark"}
    told = two(first, dict(both), "The talks with Ostmark collapsed", dict(one), E.REJECT)
    left = two(first, dict(both), "Ostmark stormed out at noon", dict(one), E.REJECT)
    home = two(
        first, dict(both), "They went home without an accord", {"by": both["by"], "type": E.RETREAT}, E.REJECT
    )
    assert [len(record.events) for record in (told, left, home)] == [1, 2, 1]
