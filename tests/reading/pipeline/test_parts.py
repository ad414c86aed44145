"""The small parts under the encoder: shapes, lemma edits, windows, trees, names."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from jirga.reading.pipeline.lemmas import apply_script, script_of
from jirga.reading.pipeline.names import best_labels, spans, transitions
from jirga.reading.pipeline.pieces import SHAPES, shape_of
from jirga.reading.pipeline.tree import best_tree, find_cycle
from jirga.reading.pipeline.windows import LIMIT, LONGEST, accept, plan

KINDS_OF_WORD = ["talks", "Kabul", "UN", "A", "McKay", "F16", "“", "\u00ad", "\U0001f600"]


def test_every_kind_of_word_has_a_shape_of_its_own() -> None:
    shapes = {shape_of(word, spaced) for word in KINDS_OF_WORD[:7] for spaced in (False, True)}
    assert len(shapes) == 14
    assert shapes == set(range(1, SHAPES))


@given(st.text(min_size=1), st.booleans())
def test_any_word_has_a_shape(word: str, spaced: bool) -> None:
    assert 0 < shape_of(word, spaced) < SHAPES


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_script_makes_the_lemma_it_was_made_from(word: str, lemma: str) -> None:
    assert apply_script(word, script_of(word, lemma)) == lemma


@pytest.mark.parametrize(("word", "script"), [("is", "l|3|be"), ("a", "k|2|")])
def test_script_longer_than_the_word_makes_nothing(word: str, script: str) -> None:
    assert apply_script(word, script) is None


def test_script_that_leaves_nothing_makes_nothing() -> None:
    assert apply_script("a", "l|1|") is None


SIZES = st.lists(st.tuples(st.integers(1, 10), st.booleans(), st.booleans()), min_size=1, max_size=900)


@given(SIZES)
@settings(max_examples=200, deadline=None)
def test_windows_cover_every_word_once_and_cost_stays_linear(words: list[tuple[int, bool, bool]]) -> None:
    sizes, breaks, starts = (list(column) for column in zip(*words, strict=True))
    begin, limit, cost = 0, LIMIT, 0
    while begin < len(sizes):
        window = plan(sizes, breaks, begin, limit)
        assert window.begin == begin < window.end <= len(sizes)
        used = sum(sizes[window.begin : window.end])
        assert used <= limit
        assert window.closed == (window.end == len(sizes) or breaks[window.end])
        cost += used
        flags = [
            s or b for s, b in zip(starts[window.begin : window.end], breaks[window.begin :], strict=False)
        ]
        end = accept(window, flags, limit)
        if end is None:
            assert limit == LIMIT
            limit = LONGEST
            continue
        assert begin < end <= window.end
        begin, limit = end, LIMIT
    assert cost <= 4 * sum(sizes) * LIMIT  # never worse than a window per word


def test_ordinary_text_is_read_hardly_more_than_once() -> None:
    sizes = [1] * 20_000
    starts = [k % 23 == 0 for k in range(len(sizes))]
    breaks = [k % 115 == 0 for k in range(len(sizes))]
    begin, cost = 0, 0
    while begin < len(sizes):
        window = plan(sizes, breaks, begin, LIMIT)
        cost += window.end - window.begin
        begin = accept(window, starts[window.begin : window.end], LIMIT) or window.end
    assert cost <= 1.2 * len(sizes)


def test_a_line_without_an_end_is_read_twice_at_most() -> None:
    sizes, nothing = [1] * 5_000, [False] * 5_000
    begin, limit, cost = 0, LIMIT, 0
    while begin < len(sizes):
        window = plan(sizes, nothing, begin, limit)
        cost += window.end - window.begin
        end = accept(window, [k == 0 for k in range(window.end - window.begin)], limit)
        begin, limit = (begin, LONGEST) if end is None else (end, LIMIT)
    assert cost <= 2 * len(sizes)


def every_tree(count: int) -> list[tuple[int, ...]]:
    trees = []
    for heads in itertools.product(range(count + 1), repeat=count):
        if sum(head == 0 for head in heads) == 1 and not find_cycle(np.array([0, *heads])):
            trees.append(heads)
    return trees


TREES = {count: every_tree(count) for count in range(1, 5)}


def test_number_of_trees_is_known() -> None:
    assert [len(TREES[count]) for count in range(1, 5)] == [1, 2, 9, 64]  # n ** (n - 1), Cayley


@given(
    st.integers(1, 4).flatmap(
        lambda n: arrays(np.float32, (n, n + 1), elements=st.integers(-50, 50).map(float))
    )
)
@settings(max_examples=150, deadline=None)
def test_tree_is_the_best_of_all(arcs: np.ndarray) -> None:
    def total(heads: tuple[int, ...]) -> float:
        return float(sum(arcs[k, head] for k, head in enumerate(heads)))

    found = tuple(int(head) for head in best_tree(arcs))
    assert found in TREES[len(arcs)]
    assert total(found) == max(total(heads) for heads in TREES[len(arcs)])


@given(st.integers(1, 40).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=st.floats(width=32))))
@settings(max_examples=100, deadline=None)
def test_any_scores_make_a_tree_with_one_root(arcs: np.ndarray) -> None:
    heads = best_tree(arcs)
    assert sum(heads == 0) == 1
    assert not find_cycle(np.concatenate([[0], heads]))


@pytest.mark.parametrize("seed", range(5))
def test_long_sentences_make_a_tree_too(seed: int) -> None:
    arcs = np.random.default_rng(seed).normal(size=(300, 301)).astype(np.float32)
    heads = best_tree(arcs)
    assert sum(heads == 0) == 1
    assert not find_cycle(np.concatenate([[0], heads]))


LABELS = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG")


@given(arrays(np.float32, st.tuples(st.integers(1, 4), st.just(5)), elements=st.integers(-9, 9).map(float)))
@settings(max_examples=100, deadline=None)
def test_name_labels_are_the_best_allowed_ones(scores: np.ndarray) -> None:
    table = transitions(LABELS)

    def total(path: tuple[int, ...]) -> float:
        steps = zip((len(LABELS), *path), path, strict=False)
        return sum(float(scores[k, a]) for k, a in enumerate(path)) + sum(
            float(table[a, b]) for a, b in steps
        )

    found = tuple(int(k) for k in best_labels(scores, table))
    assert total(found) == max(total(path) for path in itertools.product(range(5), repeat=len(scores)))


def test_spans_of_names() -> None:
    assert spans(["B-ORG", "I-ORG", "O", "B-PERSON", "B-ORG"]) == [
        (0, 2, "ORG"),
        (3, 4, "PERSON"),
        (4, 5, "ORG"),
    ]
