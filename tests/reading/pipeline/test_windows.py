"""However a text is cut into sentences, each of its words goes through the encoder a bounded number of times."""

from __future__ import annotations

import random

import pytest

from jirga.reading.pipeline.windows import LIMIT, LONGEST, accept, plan


@pytest.mark.parametrize("share", [0.0, 0.005, 0.01, 0.02, 0.2])
@pytest.mark.parametrize("length", [1, 100, 700, 5000])
def test_no_sentence_ends_make_a_text_cost_more_than_five_times_its_length(length: int, share: float) -> None:
    # A parser that sees other sentences each time it looks, as hostile text makes it do.
    draw = random.Random(length)
    sizes, breaks = [1] * length, [k == 0 for k in range(length)]
    begin, limit, cost = 0, LIMIT, 0
    while begin < length:
        window = plan(sizes, breaks, begin, limit)
        cost += window.end - window.begin
        end = accept(
            window, [k == 0 or draw.random() < share for k in range(window.end - window.begin)], limit
        )
        if end is None:
            limit = LONGEST
            continue
        assert begin < end <= window.end
        begin, limit = end, LIMIT
    assert cost <= 5 * length + LONGEST


def test_a_sentence_start_near_the_begin_is_not_worth_a_window() -> None:
    window = plan([1] * 1000, [True] + [False] * 999, 0, LIMIT)
    starts = [k in (0, 5) for k in range(window.end)]
    assert accept(window, starts, LIMIT) is None
    assert accept(window, [k in (0, 100) for k in range(window.end)], LIMIT) == 100
