"""Copies share an origin; rewrites in other words do not; copied passages are found in place."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jirga.reports import copying
from jirga.reports.origins import origin_groups, shared_passages
from jirga.reports.types import Precision, Report, TimeSpan
from jirga.reports.wording import wording_of

AGENCY = (
    "The river commission of Veldland and Ostmark broke up on Tuesday without a joint paper. "
    "Delegates from Veldland had asked for a fixed share of the summer flow below the Karst dam, "
    "while Ostmark wanted the gauges read by a neutral engineer. Neither side moved, an official said. "
    "Villages downstream have been without mains water for nine days and trucks bring it from the coast."
)
OWN_WORDS = (
    "Talks over the Karst dam ended in failure this week. Ostmark insists on independent gauge readings; "
    "its neighbour wants a guaranteed volume each summer. Water trucks keep reaching the dry villages."
)
SPEECH = "we will not sign away a single cubic metre of the water that our grandfathers dug for by hand"


def report(name: str, text: str, day: int = 1) -> Report:
    when = TimeSpan(date(2031, 5, day), date(2031, 5, day), Precision.DAY)
    return Report(id=f"{name:0>16}", name=name, path=name, text=text, raw=text.encode(), published=when)


def groups(*reports: Report) -> set[tuple[str, ...]]:
    return set(origin_groups(reports).values())


@pytest.mark.parametrize(
    ("copy", "together"),
    [
        (AGENCY, True),
        (AGENCY.replace("Tuesday", "Wednesday").replace("Neither side moved", "No one moved"), True),
        ("By our correspondent. " + AGENCY[: len(AGENCY) // 2], True),  # a short cut of the copy
        (AGENCY + " " + " ".join(f"Local colour number {i} fills the page today." for i in range(60)), True),
        (OWN_WORDS, False),
    ],
)
def test_copies(copy: str, together: bool) -> None:
    found = groups(report("a", AGENCY), report("b", copy, 2))
    assert len(found) == (1 if together else 2)


def test_the_earliest_report_is_the_origin_across_days() -> None:
    late, early = report("a", AGENCY, 9), report("b", AGENCY, 2)
    assert origin_groups([late, early]) == {"000000000000000b": ("000000000000000a", "000000000000000b")}


def test_empty_reports_do_not_share_an_origin() -> None:
    assert len(origin_groups([report("a", ""), report("b", ""), report("c", "Two words")])) == 3


def test_a_quoted_speech_is_found_in_both_reports() -> None:
    one = report("a", f"The minister was loud. “{SPEECH},” she told the hall, to applause.")
    two = report("b", f"Asked again on Friday she said: “{SPEECH}.” Nobody clapped.")
    (passage,) = shared_passages([one, two])
    texts = {r.id: r.text for r in (one, two)}
    assert [texts[i][b:e] for i, b, e in passage.places] == [SPEECH, SPEECH]
    assert passage.words == len(SPEECH.split())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_none_is_lost(texts: list[str], random: object) -> None:
    reports = [report(str(i), text) for i, text in enumerate(texts)]
    shuffled = list(reports)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = origin_groups(reports)
    assert found == origin_groups(shuffled)
    assert sorted(i for ids in found.values() for i in ids) == sorted(r.id for r in reports)
    for passage in shared_passages(reports):
        for report_id, begin, end in passage.places:
            assert report_id in {r.id for r in reports}
            assert 0 <= begin < end


def test_a_crowd_is_one_group_and_one_passage() -> None:
    several = [report(f"{i:x}", AGENCY.replace("nine", f"n{i}"), 1 + i % 9) for i in range(5 * copying.REACH)]
    assert len(groups(*several)) == 1
    own = [" ".join(f"own{i}x{n}" for n in range(40)) for i in range(5 * copying.REACH)]
    told = [report(f"{i:x}", f"{words}. “{SPEECH},” she said. {words}") for i, words in enumerate(own)]
    assert len(groups(*told)) == len(told)
    widest = max(shared_passages(told), key=lambda passage: len(passage.places))
    assert {ident for ident, _, _ in widest.places} == {each.id for each in told}


def test_who_stands_far_away_under_a_mark_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "REACH", 2)
    several = [report(f"{i:x}", SPEECH, 1 + i) for i in range(12)]
    texts = [wording_of(each) for each in several]
    met = {(one, other) for m in copying.meetings(texts) for one, other in zip(m.one, m.other, strict=True)}
    assert met == {(i, j) for i in range(12) for j in range(i + 1, 12) if j - i <= 2}


@pytest.mark.parametrize("text", ["a " * 4000, "b c " * 3000, "d " * 20, "e f g h i " * 9])
def test_a_text_that_repeats_itself_is_found(text: str) -> None:
    both = [report("a", text), report("b", "Before it all " + text, 2)]
    assert len(groups(*both)) == 1
    assert {ident for ident, _, _ in shared_passages(both)[0].places} == {each.id for each in both}


def runs_in_common(one: list[str], other: list[str], least: int) -> set[tuple[str, ...]]:
    """Compare each place with each: all runs that cannot be widened."""
    found: set[tuple[str, ...]] = set()
    for i in range(len(one)):
        for j in range(len(other)):
            if i and j and one[i - 1] == other[j - 1]:
                continue
            length = 0
            while i + length < len(one) and j + length < len(other) and one[i + length] == other[j + length]:
                length += 1
            if length >= least:
                found.add(tuple(one[i : i + length]))
    return found


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_the_search_finds_what_comparing_all_words_finds(seed: int) -> None:
    r = random.Random(seed)
    sentences = [
        [f"w{n}x{i}" for i in range(r.randrange(6, 30))] for n in range(6)
    ]  # no word twice in a text
    texts = [
        [w for s in r.sample(sentences, r.randrange(2, 5)) for w in s[r.randrange(3) :]] for _ in range(7)
    ]
    several = [report(f"{i:x}", " ".join(words), 1 + i % 3) for i, words in enumerate(texts)]
    expected: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for i, one in enumerate(texts):
        for j, other in enumerate(texts[:i]):
            for run in runs_in_common(one, other, 14):
                expected[run] |= {several[i].id, several[j].id}
    text_of = {each.id: each.text for each in several}
    found = {}
    for passage in shared_passages(several):
        (words,) = {text_of[ident][begin:end] for ident, begin, end in passage.places}
        found[tuple(words.split())] = {ident for ident, _, _ in passage.places}
    assert found == expected
