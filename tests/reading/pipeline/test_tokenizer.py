"""The tokenizer: words as spaCy cuts them, whichever of its own words it has learnt by then."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.util import compile_infix_regex

from jirga.reading.pipeline.tokenizer import AFTER_STOP, create_tokenizer

BLANK = spacy.blank("en")
BLANK.tokenizer.infix_finditer = compile_infix_regex([*BLANK.Defaults.infixes, AFTER_STOP]).finditer
LEARNING = spacy.blank("en")
LEARNING.tokenizer = create_tokenizer()(LEARNING)
OWN_CUTS = sorted(BLANK.Defaults.tokenizer_exceptions)
PIECES = st.one_of(
    st.sampled_from(OWN_CUTS),
    st.sampled_from(["(", ")", "“", "”", ".", ",", "-", " ", "  ", "\n", "said", "U.S.", "10", "km", "…"]),
    st.text(max_size=4),
)


@pytest.fixture
def fresh() -> Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = create_tokenizer()(nlp)
    return nlp


def cut(nlp: Language, text: str) -> list[tuple[str, str, str]]:
    return [(t.text, t.whitespace_, t.norm_) for t in nlp.make_doc(text)]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=1, max_size=3))
def test_texts_are_cut_as_spacy_cuts_them(texts: list[str]) -> None:
    for text in texts:
        assert cut(LEARNING, text) == cut(BLANK, text)


def test_each_word_with_a_cut_of_its_own(fresh: Language) -> None:
    for word in OWN_CUTS:
        for text in (word, f"({word}) and “{word}”", " ".join(word)):
            assert cut(fresh, text) == cut(BLANK, text), text


def test_a_hyphen_after_a_full_stop_is_cut_off(fresh: Language) -> None:
    text = "U.S.-backed troops left the U.N.-held, not the U.S. or anti-U.S., side. B.-level"
    assert [t.text for t in fresh.make_doc(text)][:7] == [
        "U.S.",
        "-",
        "backed",
        "troops",
        "left",
        "the",
        "U.N.",
    ]
    assert "".join(t.text_with_ws for t in fresh.make_doc(text)) == text


def test_little_is_learnt_for_a_plain_text(fresh: Language) -> None:
    fresh("The rebels rejected the demand.")
    assert len(fresh.tokenizer.rules) < 20
    fresh("They cannot.")
    assert "cannot" in fresh.tokenizer.rules


def test_what_is_written_holds_all_words(fresh: Language) -> None:
    other = spacy.blank("en")
    other.tokenizer = create_tokenizer()(other)
    other.tokenizer.from_bytes(fresh.tokenizer.to_bytes())
    assert other.tokenizer.rules == BLANK.tokenizer.rules
    assert cut(other, "They cannot, she said at 12pm.") == cut(BLANK, "They cannot, she said at 12pm.")
