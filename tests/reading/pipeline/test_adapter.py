"""ClearNLP trees become Universal Dependencies."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from jirga.errors import OptionalPartMissing
from jirga.reading.pipeline import load_pipeline
from jirga.reading.pipeline.adapter import is_clear, ud_view

VOCAB = spacy.blank("en").vocab

# word/tag/UPOS/head (1-based, 0 the root)/label, then what is wanted: head/label
CASES = {
    "preposition": """
        Envoys/NNS/NOUN/2/nsubj      2/nsubj
        met/VBD/VERB/0/ROOT          0/ROOT
        in/IN/ADP/2/prep             4/case
        Doha/NNP/PROPN/3/pobj        2/obl
        """,
    "preposition behind a noun": """
        Talks/NNS/NOUN/4/nsubj       4/nsubj
        with/IN/ADP/1/prep           3/case
        rebels/NNS/NOUN/2/pobj       1/nmod
        failed/VBD/VERB/0/ROOT       0/ROOT
        """,
    "passive with agent": """
        Towns/NNS/NOUN/3/nsubjpass   3/nsubj:pass
        were/VBD/AUX/3/auxpass       3/aux:pass
        shelled/VBN/VERB/0/ROOT      0/ROOT
        by/IN/ADP/3/agent            5/case
        troops/NNS/NOUN/4/pobj       3/obl:agent
        """,
    "gerund behind a preposition": """
        They/PRP/PRON/2/nsubj        2/nsubj
        answered/VBD/VERB/0/ROOT     0/ROOT
        by/IN/ADP/2/prep             4/mark
        closing/VBG/VERB/3/pcomp     2/advcl
        roads/NNS/NOUN/4/dobj        4/obj
        """,
    "copula": """
        It/PRP/PRON/2/nsubj          4/nsubj
        is/VBZ/AUX/0/ROOT            4/cop
        not/RB/PART/2/neg            4/advmod
        ready/JJ/ADJ/2/acomp         0/ROOT
        """,
    "conjuncts in a chain": """
        rice/NN/NOUN/0/ROOT          0/ROOT
        ,/,/PUNCT/1/punct            1/punct
        tea/NN/NOUN/1/conj           1/conj
        and/CC/CCONJ/3/cc            5/cc
        salt/NN/NOUN/3/conj          1/conj
        """,
    "want somebody to": """
        Kabul/NNP/PROPN/2/nsubj      2/nsubj
        wants/VBZ/VERB/0/ROOT        0/ROOT
        them/PRP/PRON/5/nsubj        2/obj
        to/TO/PART/5/aux             5/mark
        leave/VB/VERB/2/ccomp        2/xcomp
        """,
    "relative clause, possessor, particle": """
        its/PRP$/PRON/2/poss         2/nmod:poss
        troops/NNS/NOUN/0/ROOT       0/ROOT
        who/WP/PRON/4/nsubj          4/nsubj
        pulled/VBD/VERB/2/relcl      2/acl:relcl
        out/RP/ADP/4/prt             4/compound:prt
        """,
    "two prepositional phrases": """
        talks/NNS/NOUN/0/ROOT        0/ROOT
        with/IN/ADP/1/prep           3/case
        Iran/NNP/PROPN/2/pobj        1/nmod
        and/CC/CCONJ/2/cc            6/cc
        with/IN/ADP/2/conj           6/case
        Oman/NNP/PROPN/5/pobj        3/conj
        """,
}


def build(case: str) -> tuple[Doc, list[tuple[int, str]]]:
    rows = [line.split() for line in case.strip().splitlines()]
    given = [row[0].rsplit("/", 4) for row in rows]
    wanted = [(int(head), label) for head, label in (row[1].split("/") for row in rows)]
    words, tags, pos, heads, labels = zip(*given, strict=True)
    lemmas = ["be" if word in ("is", "were") else word.lower() for word in words]
    doc = Doc(
        VOCAB, list(words), tags=list(tags), pos=list(pos), deps=list(labels), lemmas=lemmas,
        heads=[int(head) - 1 if head != "0" else k for k, head in enumerate(heads)],
    )  # fmt: skip
    return doc, wanted


@pytest.mark.parametrize("name", CASES)
def test_clear_becomes_universal(name: str) -> None:
    doc, wanted = build(CASES[name])
    made = ud_view(doc, clear=True)
    assert [(0 if t.head.i == t.i else t.head.i + 1, t.dep_) for t in made] == wanted
    assert made.text == doc.text
    assert [t.tag_ for t in made] == [t.tag_ for t in doc]


def test_universal_comes_back_as_it_is() -> None:
    doc = Doc(VOCAB, ["Talks", "failed"], heads=[1, 1], deps=["nsubj", "ROOT"])
    assert not is_clear(doc)
    assert ud_view(doc) is doc


def test_kinds_of_names() -> None:
    doc = Doc(
        VOCAB,
        ["Kabul", "met", "Unicef", "Friday"],
        heads=[1, 1, 1, 1],
        deps=["nsubj", "ROOT", "dobj", "npadvmod"],
    )
    doc.set_ents([Span(doc, 0, 1, "GPE"), Span(doc, 2, 3, "ORG"), Span(doc, 3, 4, "DATE")])
    assert [(e.text, e.label_) for e in ud_view(doc).ents] == [("Kabul", "LOC"), ("Unicef", "ORG")]


def test_missing_pipeline_says_how_to_install_it() -> None:
    with pytest.raises(OptionalPartMissing, match="python -m spacy download en_core_web_nowhere"):
        load_pipeline("en_core_web_nowhere")


def test_pipeline_without_a_parser_is_refused(tmp_path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(OptionalPartMissing, match="does not parse"):
        load_pipeline(str(tmp_path / "blank"))
