"""Hostile text: spans exact and in range, nothing raised, time linear."""

from __future__ import annotations

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jirga.reading.attribution import find_attributions
from jirga.reading.passages import Passage, parse
from jirga.reports.types import Block, BlockKind, Report

PIECES = ["“", "”", '"', "'", "‘", "’", "said", "says", "the envoy", "He", "they", "that", "accused", "of", "lying", ",",
          ".", ":", "according to", "reportedly", "to", "leave", "army", "told", "was", "by", "\n\n", "—", "🙂", "\u202e",
          "called", "it", "a trap", "and", "who", "WALLACE:", "(", ")", "\u00ad", "refused", "Kabul", "'s", "claim"]  # fmt: skip


def check(text, found):
    for one in found:
        assert one.content_parts
        for parts in (one.source_parts, one.cue_parts, one.content_parts):
            for begin, end in parts:
                assert 0 <= begin < end <= len(text)
                assert text[begin:end].strip()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map(" ".join))
def test_spans_lie_in_the_text(nlp, text):
    report = Report("0", "r", "r", text, b"")
    check(text, find_attributions(report, parse(report, nlp), []))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120))
def test_any_text_at_all(nlp, text):
    report = Report("0", "r", "r", text, b"")
    check(text, find_attributions(report, parse(report, nlp), []))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_parse_at_all(nlp, data):
    """Rules must stand whatever tree they are given: heads, labels and tags at random."""
    words = data.draw(
        st.lists(st.sampled_from([p for p in PIECES if " " not in p and p.strip()]), min_size=1, max_size=14)
    )
    size = len(words)
    labels = ["nsubj", "nsubj:pass", "obj", "ccomp", "xcomp", "advcl", "conj", "acl", "acl:relcl", "parataxis", "obl",
              "case", "mark", "aux", "aux:pass", "compound:prt", "nmod", "nmod:poss", "cop", "punct", "dep"]  # fmt: skip
    heads = [data.draw(st.integers(0, max(i - 1, 0))) for i in range(size)]
    order = data.draw(st.permutations(range(size)))
    heads = [order[heads[order.index(i)]] if order.index(i) else i for i in range(size)]
    deps = ["ROOT" if heads[i] == i else data.draw(st.sampled_from(labels)) for i in range(size)]
    tags = [
        data.draw(st.sampled_from(["VBD", "VBN", "VBG", "VB", "NN", "NNP", "IN", "TO", "PRP", "RB", "JJ"]))
        for _ in words
    ]
    from spacy.tokens import Doc

    doc = Doc(nlp.vocab, words=words, heads=heads, deps=deps, tags=tags, lemmas=words)
    report = Report("0", "r", "r", doc.text, b"")
    block = Block(0, len(doc.text), BlockKind.BODY)
    check(doc.text, find_attributions(report, [Passage(block, doc, 0)], []))


def test_time_is_linear_in_one_endless_sentence(nlp):
    """The rules alone: a sentence that never ends, every clause nested in the one before."""
    from spacy.tokens import Doc

    def seconds(count: int) -> float:
        words = ["the", "envoy", "said", "“", "so", ","] * count
        heads = [
            h for i in range(0, 6 * count, 6) for h in (i + 1, i + 2, max(i - 4, 2), i + 4, i + 2, i + 2)
        ]
        deps = ["det", "nsubj", "ccomp", "punct", "obj", "punct"] * count
        deps[2] = "ROOT"
        tags = ["DT", "NN", "VBD", "``", "RB", ","] * count
        doc = Doc(nlp.vocab, words=words, heads=heads, deps=deps, tags=tags, lemmas=words)
        report = Report("0", "r", "r", doc.text, b"")
        passage = Passage(Block(0, len(doc.text), BlockKind.BODY), doc, 0)
        start = time.perf_counter()
        find_attributions(report, [passage], [])
        return time.perf_counter() - start

    seconds(50)
    small, large = min(seconds(400) for _ in range(2)), seconds(4000)
    assert large < 30 * small + 0.3
