"""Score a pipeline on the treebanks' test parts, from raw text: ``python -m evaluation.parse [--pipeline NAME]``.

Words count as one only when both sides begin and end at the same letters (as in the CoNLL 2018 shared task); scores are
F1 over words, punctuation left out, labels without their subtypes. Names are exact spans with their kind.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Token

TREEBANKS = Path(__file__).resolve().parents[1].parent / "shared" / "treebanks"
TEST_PARTS = ("pud_news", "pud_wiki", "gum_test", "gum_test_news", "ewt_test")
DEV_PARTS = ("ewt_dev", "gum_dev")


@dataclass
class Count:
    """How many are right, found and wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in percent."""
        total = self.found + self.wanted
        return 200.0 * self.right / total if total else 0.0

    def add(self, found: set[object], wanted: set[object]) -> None:
        """Count two sets."""
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)


@dataclass
class Scores:
    """All counts of one part."""

    counts: dict[str, Count] = field(default_factory=dict)
    words: int = 0

    def of(self, name: str) -> Count:
        """Return a count, new at its first use."""
        return self.counts.setdefault(name, Count())

    def table(self) -> dict[str, float]:
        """Return F1 by measure."""
        return {name: round(count.f1, 2) for name, count in sorted(self.counts.items())}


LABELS = ("nsubj", "obj", "ccomp", "xcomp", "obl", "parataxis")


def load_part(name: str, folder: Path = TREEBANKS) -> list[Doc]:
    """Return the gold documents of a part."""
    vocab = spacy.blank("en").vocab
    return list(DocBin().from_disk(folder / f"{name}.spacy").get_docs(vocab))


def _place(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)


def _facts(doc: Doc, scored: set[tuple[int, int]]) -> dict[str, set[object]]:
    """Return what is said of the words at the scored places."""
    facts: dict[str, set[object]] = {name: set() for name in ("tag", "pos", "feats", "lemma", "UAS", "LAS")}
    facts |= {f"label {label}": set() for label in LABELS}
    for token in doc:
        place = _place(token)
        if token.is_space or place not in scored:
            continue
        label = token.dep_.split(":")[0].lower()
        head = (-1, -1) if token.head.i == token.i else _place(token.head)
        facts["tag"].add((place, token.tag_))
        facts["pos"].add((place, token.pos_))
        facts["feats"].add((place, str(token.morph)))
        facts["lemma"].add((place, token.lemma_))
        facts["UAS"].add((place, head))
        facts["LAS"].add((place, head, label))
        if label in LABELS:
            facts[f"label {label}"].add((place, head))
    return facts


def score(gold_docs: Iterable[Doc], nlp: Language) -> Scores:
    """Read the texts of gold documents and compare."""
    scores = Scores()
    for gold in gold_docs:
        doc = nlp(gold.text)
        punctuation = {_place(t) for t in gold if t.dep_ == "punct"}
        mine = {_place(t) for t in doc if not t.is_space and t.dep_ != "punct"} - punctuation
        theirs = {_place(t) for t in gold} - punctuation
        # a word that only one side takes for punctuation still counts against it
        mine |= {_place(t) for t in doc if not t.is_space and _place(t) in theirs}
        found, wanted = _facts(doc, mine), _facts(gold, theirs)
        for name, facts in wanted.items():
            scores.of(name).add(found[name], facts)
        scores.of("sentences").add(_sentences(doc), _sentences(gold))
        scores.of("names").add(_names(doc, True), _names(gold, True))
        scores.of("name spans").add(_names(doc, False), _names(gold, False))
        scores.words += len(gold)
    return scores


def _sentences(doc: Doc) -> set[object]:
    return {(s[0].idx, s[-1].idx + len(s[-1])) for s in (span for span in doc.sents if len(span))}


def _names(doc: Doc, kinds: bool) -> set[object]:
    return {(e.start_char, e.end_char, e.label_ if kinds else "") for e in doc.ents}


def main() -> None:
    """Print a table."""
    from jirga.reading.pipeline import load_pipeline

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pipeline", help="an installed spaCy pipeline; the shipped one by default")
    parser.add_argument("--parts", nargs="+", default=list(TEST_PARTS))
    parser.add_argument("--treebanks", type=Path, default=TREEBANKS)
    parser.add_argument("--json", type=Path, help="write the counts too")
    arguments = parser.parse_args()
    nlp = load_pipeline(arguments.pipeline)
    made = {part: score(load_part(part, arguments.treebanks), nlp) for part in arguments.parts}
    names = sorted({name for scores in made.values() for name in scores.counts})
    print(f"{'':16}" + "".join(f"{part:>15}" for part in made))
    for name in names:
        print(f"{name:16}" + "".join(f"{scores.of(name).f1:15.2f}" for scores in made.values()))
    if arguments.json:
        counts = {part: {n: asdict(c) for n, c in scores.counts.items()} for part, scores in made.items()}
        arguments.json.write_text(json.dumps(counts, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
