"""What the pipeline is trained on: constructed sentences, swapped names, gold trees over spaCy's tokens."""

import itertools
import random
import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

sys.path.insert(
    0, str(Path(__file__).resolve().parents[3] / "training")
)  # a folder of scripts, not a package
from constructed import construct
from swap import Swapper
from treebank import Text, project

VOCAB = spacy.blank("en").vocab


def check(text: Text) -> None:
    """One tree per sentence, heads inside it, and names that begin with B."""
    bounds = [k for k, start in enumerate(text.starts) if start] + [len(text)]
    assert bounds[0] == 0
    for begin, end in itertools.pairwise(bounds):
        roots = [k for k in range(begin, end) if text.heads[k] == k]
        assert len(roots) == 1
        for k in range(begin, end):
            seen, node = set(), k
            while text.heads[node] != node:
                assert node not in seen
                seen.add(node)
                node = text.heads[node]
                assert begin <= node < end
    before = "O"
    for label in text.names:
        assert not label.startswith("I-") or before[2:] == label[2:]
        before = label


def test_constructed_sentences_are_trees() -> None:
    for text in construct(3, 200):
        check(text)


def test_a_seed_gives_the_same_sentences_again() -> None:
    assert [t.words for t in construct(5, 10)] == [t.words for t in construct(5, 10)]
    assert [t.words for t in construct(5, 10)] != [t.words for t in construct(6, 10)]


def gold() -> Doc:
    words = ["Sara", "Bello", "of", "the", "Reform", "Party", "e-mailed", "Lagos", "."]
    doc = Doc(
        VOCAB, words, [True] * 7 + [False, False],
        heads=[6, 0, 5, 5, 5, 0, 6, 6, 6], tags=["NNP", "NNP", "IN", "DT", "NNP", "NNP", "VBD", "NNP", "."],
        pos=["PROPN", "PROPN", "ADP", "DET", "PROPN", "PROPN", "VERB", "PROPN", "PUNCT"], lemmas=words,
        deps=["nsubj", "flat", "case", "det", "compound", "nmod", "ROOT", "obj", "punct"], sent_starts=[True] + [False] * 8,
    )  # fmt: skip
    doc.set_ents([Span(doc, 0, 2, "PERSON"), Span(doc, 4, 6, "ORG"), Span(doc, 7, 8, "LOC")])
    return doc


def test_a_word_that_spacy_cuts_keeps_its_place_in_the_tree() -> None:
    text = project(gold())
    check(text)
    assert text.words[6:9] == ["e", "-", "mailed"]
    assert [text.labels[k] for k in (6, 7, 8)] == ["compound", "punct", "ROOT"]
    assert [text.heads[k] for k in (0, 6, 7, 8, 9)] == [8] * 5
    assert text.names == ["B-PERSON", "I-PERSON", "O", "O", "B-ORG", "I-ORG", "O", "O", "O", "B-LOC", "O"]


@pytest.mark.parametrize("seed", range(20))
def test_swapped_names_leave_a_tree(seed: int) -> None:
    text = Swapper(random.Random(seed), 1.0)(gold())
    assert text is not None
    check(text)
    kinds = [label[2:] for label in text.names if label.startswith("B-")]
    assert kinds == ["PERSON", "ORG", "LOC"]
    assert text.words[-1] == "."
    assert text.labels[text.words.index("mailed")] == "ROOT"
