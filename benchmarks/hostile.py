"""Hostile inputs: a cheap parse that is mostly wrong, and what must hold of every reading whatever the text.

The property tests and the fuzzer share this module.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from jirga.reading.pipeline.tokenizer import create_tokenizer
from jirga.reading.types import Reading
from jirga.reports.load import iter_reports
from jirga.reports.types import Refusal, Report

__all__ = ["SHAPES", "cheap_pipeline", "check", "load"]

FORMS = (".txt", ".html", ".jsonl", ".txt")
TAGS = (
    ("NN", "NOUN"), ("NNP", "PROPN"), ("VBD", "VERB"), ("VBZ", "VERB"), ("VBN", "VERB"), ("VB", "VERB"), ("IN", "ADP"),
    ("DT", "DET"), ("JJ", "ADJ"), ("PRP", "PRON"), ("CD", "NUM"), ("RB", "ADV"), ("TO", "PART"), ("MD", "AUX"),
    ("CC", "CCONJ"), ("NNS", "NOUN"), ("VBG", "VERB"), ("IN", "SCONJ"), ("POS", "PART"), ("WDT", "PRON"),
)  # fmt: skip
LABELS = (
    "nsubj", "obj", "obl", "nmod", "det", "case", "amod", "ccomp", "xcomp", "advcl", "acl:relcl", "conj", "cc", "mark",
    "parataxis", "appos", "aux", "aux:pass", "nsubj:pass", "obl:agent", "flat", "compound", "nummod", "nmod:poss", "acl",
    "cop", "advmod", "punct", "dep", "csubj", "iobj", "fixed", "expl", "discourse", "obl:unmarked", "nmod:unmarked",
)  # fmt: skip
KNOWN = {
    "said": "VBD", "says": "VBZ", "told": "VBD", "rejected": "VBD", "killed": "VBD", "demanded": "VBD", "the": "DT",
    "to": "TO", "of": "IN", "in": "IN", "that": "IN", "not": "RB", "would": "MD", "and": "CC", "they": "PRP", "he": "PRP",
}  # fmt: skip

PROSE = "the rebels said that the army attacked a village in the northern province on Monday and demanded written guarantees"
NAMES = (
    "Kabul",
    "Ahmad Karim",
    "the United Nations",
    "Sudan",
    "the Taliban",
    "Mr Noor",
    "Qatar",
    "the Kandahar group",
)
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def _words(count: int) -> list[str]:
    return list(itertools.islice(itertools.cycle(PROSE.split()), count))


def _name(i: int) -> str:
    return ALPHABET[i % 26].upper() + "".join(ALPHABET[i // 26**k % 26] for k in (1, 2)) + "ov"


SHAPES: dict[str, Callable[[int], str]] = {
    "one endless line": lambda n: " ".join(
        f"The rebels said that {i} men of {_name(i)} had left." for i in range(n // 10)
    ),
    "no full stop": lambda n: " ".join(_words(n)),
    "open quotation marks": lambda n: " ".join("“" + word for word in _words(n)),
    "straight quotation marks": lambda n: " ".join('"' + word for word in _words(n)),
    "quotes of quotes": lambda n: "He said: “She said: ‘They said: “We will go”’”. " * (n // 9),
    "nested quotation marks": lambda n: '“‘"' * (n // 6) + " he said " + '"’”' * (n // 6),
    "paragraphs of open quotes": lambda n: "\n\n".join(
        f"“We will not go to {_name(i)}, no" for i in range(n // 8)
    ),
    "nested brackets": lambda n: "(" * (n // 2) + " word " + ")" * (n // 2),
    "open brackets": lambda n: " ".join("(" + word for word in _words(n)),
    "a list of names": lambda n: ", ".join(NAMES[i % 8] for i in range(n)) + " said they would go.",
    "names and names": lambda n: " and ".join(NAMES[i % 8] for i in range(n)) + " met.",
    "different names": lambda n: " ".join(
        f"Mr {_name(i)} of the {_name(i + 7)} group met them." for i in range(n // 9)
    ),
    "acronyms": lambda n: " ".join(
        f"The {_name(i)} Movement ({_name(i)[:3].upper()}) met them." for i in range(n // 7)
    ),
    "commas": lambda n: ", ".join(_words(n)),
    "dashes": lambda n: " — ".join(_words(n)),
    "he said he said": lambda n: "he said " * (n // 2),
    "said": lambda n: "said " * n,
    "that": lambda n: "that " * n,
    "the": lambda n: "the " * n,
    "if": lambda n: "if they reject it " * (n // 4),
    "according to": lambda n: "according to " * (n // 2),
    "the rejection of": lambda n: "the rejection of " * (n // 3),
    "wants to demand to refuse": lambda n: "wants to demand to refuse " * (n // 5),
    "pronouns": lambda n: "They said that they and their side would meet them. " * (n // 10),
    "counts": lambda n: " ".join(
        f"They killed at least {i} and wounded dozens of men." for i in range(n // 10)
    ),
    "numbers in words": lambda n: "They saw " + "two hundred " * (n // 2) + "men.",
    "dates": lambda n: " ".join(f"They met on {i % 28 + 1} May {1950 + i % 80}." for i in range(n // 6)),
    "times": lambda n: "They met since last week on Monday morning. " * (n // 8),
    "one very long word": lambda n: "The word is " + "a" * (n * 5),
    "line ends": lambda n: "They met there.\n" + "\n" * (n * 8) + "They left then.",
    "short lines": lambda n: "".join(f"The talks, day {i}\n" for i in range(n // 4)),
    "short lines that end": lambda n: "".join(f"The talks go on, day {_name(i)}.\n" for i in range(n // 6)),
    "wrapped lines": lambda n: "".join(f"{' '.join(_words(12))[:70]} {_name(i)}-\n" for i in range(n // 12)),
    "rows of a table": lambda n: "".join(f"{i}\t34\tKabul\n" for i in range(n // 3)),
    "base64": lambda n: "\n".join(
        "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJz" * 2 for _ in range(n // 10)
    ),
    "JSON": lambda n: "[" + ", ".join(f'{{"id": {i}, "name": "{_name(i)}"}}' for i in range(n // 4)) + "]",
    "emoji": lambda n: "😀👩‍👩‍👧 they said. " * (n // 3),
    "two directions": lambda n: "the rebels قالت الحكومة rejected the المطالب they had. " * (n // 8),
    "soft hyphens": lambda n: "The reb\u00adels re\u00adjected the de\u00admand. " * (n // 5),
    "control characters": lambda n: "the\x00 rebels\x07 said\x1b. " * (n // 3),
    "zero width": lambda n: "the\u200b\u200d rebels said it. " * (n // 4),
    "combining marks": lambda n: "They said e" + "\u0301" * (n * 5),
    "look-alikes": lambda n: "Тhe rеbels sаid thеy wоuld gо. " * (n // 6),
    "spaces": lambda n: "The rebels said" + " " * (n * 20) + "that they would go.",
    "tabs and line ends": lambda n: "The rebels said" + "\t \n" * (n * 5) + "that they would go.",
    "apostrophes": lambda n: "the rebel's " * (n // 2),
    "datelines": lambda n: "KABUL, " * n + "May 3 -- The rebels left the town to the army that had it.",
    "addresses": lambda n: "See https://example.org/a/b?c=d and write to a@example.org then. " * (n // 7),
    "bullets": lambda n: "".join(f"- the rebels of {_name(i)}\n" for i in range(n // 4)),
}
"""Hostile texts by name: each makes a text of about so many words."""


def _number(word: str, salt: int) -> int:
    return hashlib.blake2b(f"{salt} {word}".encode("utf-8", "replace"), digest_size=4).digest()[0]


def cheap_pipeline() -> Language:
    """Return a pipeline that costs nothing: tags, labels and trees drawn from the words' own bytes."""
    nlp = spacy.blank("en")
    nlp.tokenizer = create_tokenizer()(nlp)
    nlp.max_length = 100_000_000
    if "jirga_cheap_parse" not in Language.factories:
        Language.component("jirga_cheap_parse", func=_parse)
    nlp.add_pipe("jirga_cheap_parse")
    return nlp


def _parse(doc: Doc) -> Doc:
    heads: list[int] = []
    labels: list[str] = []
    for begin, end in _sentences(doc):
        root = begin + _number(doc[begin].text, 1) % (end - begin)
        for i in range(begin, end):
            # Nearer to the root each time, so that a tree comes out whatever the numbers are.
            between = abs(root - i)
            step = 1 + _number(doc[i].text, 2 + i % 3) % between if between else 0
            heads.append(i + step if i < root else i - step)
            labels.append("ROOT" if i == root else LABELS[_number(doc[i].text, 7 + i % 5) % len(LABELS)])
    tags = [
        next((t for t in TAGS if t[0] == KNOWN.get(w.lower_)), TAGS[_number(w.text, 5) % len(TAGS)])
        for w in doc
    ]
    made = Doc(
        doc.vocab, words=[w.text for w in doc], spaces=[bool(w.whitespace_) for w in doc],
        tags=["_SP" if w.is_space else t for w, (t, _) in zip(doc, tags, strict=True)],
        pos=["SPACE" if w.is_space else p for w, (_, p) in zip(doc, tags, strict=True)],
        lemmas=[w.lower_.removesuffix("s") or w.text for w in doc], heads=heads, deps=labels,
    )  # fmt: skip
    kinds = ("PERSON", "ORG", "LOC")
    made.set_ents(
        [
            Span(made, i, i + 1, label=kinds[_number(w.text, 3) % 3])
            for i, w in enumerate(made)
            if w.text[0].isupper()
        ]
    )
    return made


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    begin, found = 0, []
    for i, token in enumerate(doc):
        if token.text in (".", "?", "!") or i - begin > 80:
            found.append((begin, i + 1))
            begin = i + 1
    if begin < len(doc):
        found.append((begin, len(doc)))
    return found


def load(data: bytes, folder: Path) -> list[Report]:
    """Write an input as the file that its first byte asks for and load it."""
    form = FORMS[data[0] % len(FORMS)] if data else ".txt"
    body = data[1:]
    if form == ".html":
        body = b"<html><body><article><p>" + body
    elif form == ".jsonl" and data[0] % 8 < 4:
        body = b'{"id": 1, "text": "' + body.replace(b"\n", b"\\n").replace(b'"', b'\\"') + b'"}'
    file = folder / f"input{form}"
    file.write_bytes(body)
    return [found for found in iter_reports([file]) if not isinstance(found, Refusal)]


def check(reading: Reading) -> None:
    """Raise AssertionError unless everything found lies in the report, word for word."""
    text, size = reading.report.text, len(reading.report.text)
    last = 0
    for block in reading.report.blocks:
        assert last <= block.begin < block.end <= size
        assert not text[last : block.begin].strip()
        last = block.end
    spans = [*reading.sentences, *(span for span, _ in reading.unread)]
    for one in reading.attributions:
        spans += [one.content_span, *one.source_parts, *one.cue_parts, *one.content_parts]
    for mention in reading.mentions:
        assert text[mention.begin : mention.end] == mention.text
    for said in reading.statements:
        assert text[said.begin : said.end] == said.quote
        assert said.quote
        assert said.sentence[0] <= said.begin < said.end <= said.sentence[1]
        assert all(q.text in text for q in said.quantities)
        assert all(text[m.begin : m.end] == m.text for m in (*said.actors, *said.recipients))
        spans += [(why.begin, why.end) for why in said.why]
        spans += [span for span in (said.content, said.condition) if span]
    assert all(0 <= begin <= end <= size for begin, end in spans)
