"""The shipped pipeline on ordinary and on hostile text."""

import string

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from jirga.reading.pipeline import load_pipeline, pipeline_version
from jirga.reading.pipeline.encoder import EncoderParser
from jirga.reading.pipeline.tokenizer import LONG

REPORT = """Talks in Muscat collapse again

MUSCAT: Envoys of the Free Delta Movement walked out of the talks on Tuesday, officials said.

“We will not sign this paper.” the group's negotiator Omar Haddad told reporters. He wants guarantees that
no village will be shelled. Army chief Lena Okafor rejected the claim that her troops had violated the truce."""

HOSTILE = [
    "",
    " ",
    "\n\n\n",
    "\t\n \u00a0\u2003",
    "\u00ad\u200b\u200d",
    "“““((([[[ nested ‘‘ quotes ”” ]]) he said",
    "\x00\x01\x02 control \x7f\x9b",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 said \U0001f1f5\U0001f1f0 \u202eright to left\u202c",
    "د طالبانو ویاند وویل چې",
    "Tа1ks with cyrilliс lеtters",
    "co\u00adop\u00ader\u00ada\u00adtion e\u0301\u0301\u0301\u0301",
    "a" * 5000,
    "(" * 5000,
    "http://" + "x/" * 3000,
    "." * 1000,
    "word " * 700,
    "A.\n\nB.\n\n\n\nC",
    "  leading and trailing  ",
    "漢字かな交じり文。" * 50,
]

LETTERS = st.characters(exclude_categories=("Cs",))
TEXTS = st.one_of(
    st.text(LETTERS, max_size=300),
    st.text(string.ascii_letters + " .,“”\"'()\n\u00ad\u200b", max_size=300),
    st.lists(
        st.sampled_from(["said", "the", "“", "”", ".", "\n\n", " ", "Kabul", "\U0001f600", "\u202e"]),
        max_size=80,
    ).map("".join),
)


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    return load_pipeline()


def check(doc: Doc, text: str) -> None:
    """Offsets are exact, every sentence is one tree, every word is annotated, names lie inside sentences."""
    assert doc.text == text
    for token in doc:
        assert text[token.idx : token.idx + len(token)] == token.text
        assert token.tag_
        assert token.dep_
        assert token.lemma_
    if not len(doc):
        return
    assert doc.has_annotation("DEP")
    roots = {token.i for token in doc if token.head.i == token.i}
    sentences = list(doc.sents)
    assert len(roots) == len(sentences)
    for sentence in sentences:
        assert sentence.root.i in roots
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)
        assert all((token.dep_ == "ROOT") == (token.i in roots) for token in sentence)
    for name in doc.ents:
        assert name.label_ in ("PERSON", "ORG", "LOC")
        assert name.text
        assert name[0].sent == name[-1].sent


def facts(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (
            t.text,
            t.tag_,
            t.pos_,
            str(t.morph),
            t.lemma_,
            t.head.i,
            t.dep_,
            t.is_sent_start,
            t.ent_iob_,
            t.ent_type_,
        )
        for t in doc
    ]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_is_read(nlp: spacy.Language, number: int) -> None:
    check(nlp(HOSTILE[number]), HOSTILE[number])


@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_with_exact_offsets(text: str) -> None:
    check(load_pipeline()(text), text)


def test_a_report(nlp: spacy.Language) -> None:
    doc = nlp(REPORT)
    check(doc, REPORT)
    sentences = [sentence.text.strip() for sentence in doc.sents]
    assert sentences[0] == "Talks in Muscat collapse again"
    assert any(s.startswith("“We will not") and s.endswith("told reporters.") for s in sentences)
    names = {(name.text, name.label_) for name in doc.ents}
    assert ("Omar Haddad", "PERSON") in names
    told = next(token for token in doc if token.text == "told")
    assert {child.dep_ for child in told.children} >= {"nsubj", "ccomp"}
    assert next(token for token in doc if token.text == "shelled").dep_ == "acl"


def test_ordinary_text_is_cut_into_words_as_spacy_does(nlp: spacy.Language) -> None:
    assert [t.text for t in nlp.make_doc(REPORT)] == [t.text for t in spacy.blank("en").make_doc(REPORT)]


def test_a_long_stretch_is_cut_into_bounded_pieces(nlp: spacy.Language) -> None:
    text = "before " + "x(" * 4 * LONG + " after"
    doc = nlp.make_doc(text)
    assert doc.text == text
    assert max(len(token) for token in doc) <= LONG
    assert [doc[0].text, doc[-1].text] == ["before", "after"]


def test_what_is_read_depends_on_the_text_alone(nlp: spacy.Language) -> None:
    alone = facts(nlp(REPORT))
    texts = ["Short.", REPORT, "Another text. " * 40, REPORT]
    assert [facts(doc) for doc in nlp.pipe(texts, batch_size=4)][1::2] == [alone, alone]
    assert [facts(doc) for doc in nlp.pipe(texts, batch_size=1)][1::2] == [alone, alone]


def test_round_trip_through_a_folder(nlp: spacy.Language, tmp_path) -> None:
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert facts(again(REPORT)) == facts(nlp(REPORT))
    assert pipeline_version(again) == pipeline_version(nlp)


def test_round_trip_through_bytes(nlp: spacy.Language) -> None:
    component = nlp.get_pipe("jirga_encoder")
    assert isinstance(component, EncoderParser)
    again = EncoderParser(nlp.vocab).from_bytes(component.to_bytes())
    assert facts(again(nlp.make_doc(REPORT))) == facts(nlp(REPORT))


def test_a_long_text_costs_windows_in_proportion(nlp: spacy.Language, monkeypatch) -> None:
    component = nlp.get_pipe("jirga_encoder")
    seen: list[int] = []
    run = component._run

    def counted(words, window):  # the number of words that go through the encoder is the cost
        seen.append(window.end - window.begin)
        return run(words, window)

    monkeypatch.setattr(component, "_run", counted)
    costs = []
    for times in (2, 8):
        seen.clear()
        nlp(" ".join([REPORT.replace("\n", " ")] * times))
        costs.append(sum(seen))
    assert costs[1] <= 4.4 * costs[0]
    assert max(seen) <= 352


def test_asking_again_gives_the_same_object() -> None:
    assert load_pipeline() is load_pipeline()
