"""Hostile text: spans exact, nothing raised, other languages without mentions, time linear."""

from __future__ import annotations

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jirga.reading.actors import Mentions, find_mentions
from jirga.reading.passages import parse
from jirga.reports.types import Block, BlockKind, Report

PIECES = ["Kabul", "the", "Taliban", "(", ")", "(TTP)", "’s", "both", "sides", "they", "its", "army", "Gen.", "President",
          "\u00ad", "🙂", "\u202e", "“", "and", ",", "-", "-backed", "of", "U.S.", "\n", "IІ", "United Nations", "Mr.",
          "delegation", "soldiers", "A" * 40, "\x07", "said", ".", "it", "he", "Turkish", "Qatari"]  # fmt: skip


def report(text: str, kind: BlockKind = BlockKind.BODY, language: str = "en") -> Report:
    return Report("0", "r", "r", text, b"", blocks=(Block(0, len(text), kind, language),))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map(" ".join))
def test_spans_are_exact_whatever_the_text(nlp, text: str) -> None:
    one = report(text)
    passages = parse(one, nlp)
    mentions = find_mentions(one, passages)
    for mention in mentions:
        assert mention.text == text[mention.begin : mention.end] != ""
        assert mention.id
        assert mention.name
    index = Mentions(passages, mentions)
    for passage in passages:
        for token in passage.doc:
            index.actors(passage, [token], owner=True)


def test_other_languages_get_no_mention(nlp) -> None:
    one = report("La délégation de Kaboul a quitté Islamabad.", language="fr")
    assert find_mentions(one, parse(one, nlp)) == []


def test_time_grows_linearly(nlp) -> None:
    sentence = "The Sudanese army said its soldiers had met the delegation of the RSF in Kassala, and both sides agreed. "

    def seconds(times: int) -> float:
        one = report(sentence * times)
        passages = parse(one, nlp)
        begun = time.perf_counter()
        find_mentions(one, passages)
        return time.perf_counter() - begun

    seconds(5)
    small, large = min(seconds(40) for _ in range(3)), seconds(320)
    assert large < 8 * small * 2.5  # eight times the text; room for a busy machine
