"""The pipeline's one component: an encoder with heads for tags, features, lemmas, trees, sentence ends and names.

It runs in onnxruntime, one window of words at a time and never two together: what is read of a text depends on that
text alone, not on what was read beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from jirga.reading.pipeline.annotate import Annotator, Parse
from jirga.reading.pipeline.names import best_labels, transitions
from jirga.reading.pipeline.pieces import CLS, SEP, WordPieces, shape_of
from jirga.reading.pipeline.tree import best_tree
from jirga.reading.pipeline.windows import LIMIT, LONGEST, Plan, accept, plan

__all__ = ["EncoderParser", "make_encoder"]

FILES = ("encoder.onnx", "tokenizer.json", "labels.json")
Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a document, white space left out."""

    tokens: list[int]
    pieces: list[tuple[int, ...]]
    shapes: list[int]
    sizes: list[int]
    breaks: list[bool]


@Language.factory(
    "jirga_encoder",
    assigns=[
        *(
            "token.tag",
            "token.pos",
            "token.morph",
            "token.lemma",
            "token.dep",
            "token.head",
            "token.is_sent_start",
        ),
        "doc.ents",
    ],
    default_config={"threads": 1},
)
def make_encoder(nlp: Language, name: str, threads: int) -> EncoderParser:
    """Return the component, empty until it is read from disk."""
    return EncoderParser(nlp.vocab, name, threads)


class EncoderParser:
    """Set tags, features, lemmas, heads, labels, sentence starts and names of a document.

    Parameters
    ----------
    vocab : Vocab
    name : str
        Name in the pipeline.
    threads : int
        Threads that onnxruntime may use for one operation.
    """

    def __init__(self, vocab: Vocab, name: str = "jirga_encoder", threads: int = 1) -> None:
        self.vocab, self.name, self.threads = vocab, name, threads
        self._files: dict[str, bytes] = {}

    def __repr__(self) -> str:
        return f"<EncoderParser {self.name}: {sum(map(len, self._files.values())) / 1e6:.1f} MB>"

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document in place and return it."""
        words = self._words(doc)
        parse = Parse()
        begin, limit = 0, LIMIT
        while begin < len(words.tokens):
            window = plan(words.sizes, words.breaks, begin, limit)
            scores = self._run(words, window)
            starts = scores["starts"] > 0
            starts[0] = True
            starts |= np.array(words.breaks[window.begin : window.end])
            end = accept(window, starts.tolist(), limit)
            if end is None:
                limit = LONGEST
                continue
            self._take(parse, scores, starts, end - begin)
            begin, limit = end, LIMIT
        self._annotator(doc, words.tokens, parse)
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 1) -> Iterator[Doc]:  # noqa: ARG002
        """Annotate documents one after another; `batch_size` changes nothing, and so no result."""
        for doc in stream:
            yield self(doc)

    def _words(self, doc: Doc) -> _Words:
        made = _Words([], [], [], [], [])
        spaced, broken = True, True
        for token in doc:
            text = token.text
            if token.is_space:
                spaced = True
                broken = broken or text.count("\n") > 1
                continue
            pieces = self._pieces(text)
            made.tokens.append(token.i)
            made.pieces.append(pieces)
            made.shapes.append(shape_of(text, spaced))
            made.sizes.append(len(pieces))
            made.breaks.append(broken)
            spaced, broken = bool(token.whitespace_), False
        return made

    def _run(self, words: _Words, window: Plan) -> dict[str, Array]:
        ids, shapes, first, last = [CLS], [0], [], []
        for k in range(window.begin, window.end):
            if words.breaks[k] and k > window.begin:
                ids.append(SEP)
                shapes.append(0)
            first.append(len(ids))
            ids.extend(words.pieces[k])
            shapes.extend([words.shapes[k]] * words.sizes[k])
            last.append(len(ids) - 1)
        ids.append(SEP)
        shapes.append(0)
        feed = {"ids": [ids], "shapes": [shapes], "first": [first], "last": [last]}
        outputs = self._session.run(None, {key: np.array(rows, dtype=np.int64) for key, rows in feed.items()})
        return dict(zip(self._outputs, outputs, strict=True))

    def _take(self, parse: Parse, scores: dict[str, Array], starts: Array, count: int) -> None:
        """Add the first `count` words of a window, sentence by sentence."""
        bounds = [*np.flatnonzero(starts[:count]).tolist(), count]
        base = len(parse.heads)
        columns = np.zeros(count, dtype=np.int64)
        for begin, end in pairwise(bounds):
            reachable = np.concatenate([[0], np.arange(begin + 1, end + 1)])
            heads = best_tree(scores["arcs"][begin:end][:, reachable])
            columns[begin:end] = np.where(heads == 0, 0, heads + begin)
            parse.names.extend(best_labels(scores["names"][begin:end], self._table).tolist())
        own = np.arange(count)
        parse.heads.extend((np.where(columns == 0, own, columns - 1) + base).tolist())
        parse.labels.extend(self._label(scores, columns))
        for task, target in (("tags", parse.tags), ("morphs", parse.morphs), ("scripts", parse.scripts)):
            target.extend(scores[task][:count].tolist())

    def _label(self, scores: dict[str, Array], columns: Array) -> list[int]:
        count = len(columns)
        child = scores["relation_child"][:count].reshape(count, len(self.labels["labels"]), -1)
        made = np.matmul(child, scores["relation_head"][columns][:, :, None])[:, :, 0]
        made[columns != 0, self._root] = -np.inf
        best = made.argmax(1)
        best[columns == 0] = self._root
        return [int(k) for k in best]

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the component's files into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self._files.items():
            (folder / name).write_bytes(data)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> EncoderParser:  # noqa: ARG002
        """Read the component's files from a folder."""
        return self._set({name: (Path(path) / name).read_bytes() for name in FILES})

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002
        """Return the component's files as one string of bytes."""
        return _head(self._files) + b"".join(self._files[name] for name in FILES)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> EncoderParser:  # noqa: ARG002
        """Read what `to_bytes` returned."""
        begin = 4 + int.from_bytes(data[:4], "big")
        files: dict[str, bytes] = {}
        for name, size in json.loads(data[4:begin]):
            files[name] = data[begin : begin + size]
            begin += size
        return self._set(files)

    @property
    def digest(self) -> str:
        """SHA-256 of the component's files."""
        return self._hashed.result()

    def _set(self, files: dict[str, bytes]) -> EncoderParser:
        self._files = files
        with ThreadPoolExecutor(2) as beside:  # both let go of the interpreter while they work
            loaded = beside.submit(_session, files["encoder.onnx"], self.threads)
            self._hashed = beside.submit(_digest, files)
            self._prepare(files)
        self._session = loaded.result()
        self._outputs = [output.name for output in self._session.get_outputs()]
        return self

    def _prepare(self, files: dict[str, bytes]) -> None:
        self.labels: dict[str, Any] = json.loads(files["labels.json"])
        self._root = self.labels["labels"].index("ROOT")
        self._pieces = WordPieces(files["tokenizer.json"])
        self._table = transitions(self.labels["names"])
        self._annotator = Annotator(self.vocab, self.labels)


def _session(model: bytes, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _head(files: dict[str, bytes]) -> bytes:
    head = json.dumps([[name, len(files[name])] for name in FILES]).encode()
    return len(head).to_bytes(4, "big") + head


def _digest(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256(_head(files))
    for name in FILES:
        digest.update(files[name])
    return digest.hexdigest()
