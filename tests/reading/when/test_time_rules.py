"""The table of words for times: what it takes for granted of its own patterns."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from jirga.reading.times import possible, rules


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_time_is_without_the_letters_that_its_rule_asks_for(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(rules()))
    form = re.compile(rule.words.replace("$", r"\Z"), re.IGNORECASE | re.ASCII)
    text = data.draw(st.from_regex(form, fullmatch=True))
    assert rule.pattern.search(text) is None or rule in possible(text)


def test_a_text_without_times_needs_no_pattern() -> None:
    assert possible("The rebels rejected the demand.") == ()
    assert {rule.read.__name__ for rule in possible("They met on 3 May.")} >= {"_full", "_month"}
