"""Cut texts into training windows and pad windows into batches."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import torch
from torch import Tensor

from jirga.reading.pipeline.pieces import (
    CLS,
    KINDS,
    LETTER,
    LOWER,
    MIXED,
    SEP,
    TITLE,
    UPPER,
    WordPieces,
    shape_of,
)
from treebank import Text

UNKNOWN = -100
MASK = 103


@dataclass(slots=True)
class Window:
    """Piece ids and per-word gold indices of one stretch of whole sentences, perhaps of several texts."""

    ids: list[int] = field(default_factory=lambda: [CLS])
    shapes: list[int] = field(default_factory=lambda: [0])
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    gold: dict[str, list[int]] = field(
        default_factory=lambda: {
            k: [] for k in ("tags", "morphs", "scripts", "starts", "names", "heads", "labels")
        }
    )


@dataclass(slots=True)
class Indexed:
    """A text as numbers: pieces, shapes and gold indices, and where its sentences begin."""

    pieces: list[tuple[int, ...]]
    shapes: list[int]
    gold: dict[str, list[int]]
    bounds: list[int]


class Indexer:
    """Turn texts into numbers."""

    def __init__(self, pieces: WordPieces, labels: dict[str, list[str]]) -> None:
        self.pieces = pieces
        self.tables = {task: {value: k for k, value in enumerate(values)} for task, values in labels.items()}

    def __call__(self, text: Text) -> Indexed:
        """Index one text."""
        rows = {
            "tags": text.tags,
            "morphs": text.morphs,
            "scripts": text.scripts,
            "labels": text.labels,
            "names": text.names,
        }
        gold = {task: [self.tables[task].get(v, UNKNOWN) for v in values] for task, values in rows.items()}
        gold["starts"] = [int(start) for start in text.starts]
        gold["heads"] = list(text.heads)
        bounds = [i for i, start in enumerate(text.starts) if start or i == 0]
        shapes = [shape_of(word, spaced) for word, spaced in zip(text.words, text.spaced, strict=True)]
        return Indexed([self.pieces(word) for word in text.words], shapes, gold, [*bounds, len(text)])


def _append(window: Window, text: Indexed, begin: int, end: int) -> None:
    shift = len(window.first) - begin
    for i in range(begin, end):
        window.first.append(len(window.ids))
        window.ids.extend(text.pieces[i])
        window.shapes.extend([text.shapes[i]] * len(text.pieces[i]))
        window.last.append(len(window.ids) - 1)
        head = text.gold["heads"][i]
        if head == i:
            window.gold["heads"].append(0)
        else:
            window.gold["heads"].append(head + shift + 1 if begin <= head < end else UNKNOWN)
        for task in ("tags", "morphs", "scripts", "starts", "names", "labels"):
            window.gold[task].append(text.gold[task][i])


def _close(window: Window) -> Window:
    window.ids.append(SEP)
    window.shapes.append(0)
    return window


def pack(texts: list[Indexed], rng: random.Random, lengths: list[int]) -> list[tuple[int, Window]]:
    """Return windows of whole sentences with the length each was packed for, texts in random order."""
    order = list(range(len(texts)))
    rng.shuffle(order)
    windows: list[tuple[int, Window]] = []
    window, limit = Window(), rng.choice(lengths)
    for k in order:
        text = texts[k]
        if len(window.ids) > 1:
            _close(window)  # a paragraph ends
        for begin, end in zip(text.bounds, text.bounds[1:], strict=False):
            while sum(map(len, text.pieces[begin:end])) > max(lengths) - 2:
                end -= 1
            size = sum(map(len, text.pieces[begin:end]))
            if window.first and len(window.ids) + size + 1 > limit:
                windows.append((limit, _close(window) if window.ids[-1] != SEP else window))
                window, limit = Window(), rng.choice(lengths)
            limit = max(limit, min(length for length in lengths if length >= size + 2))
            _append(window, text, begin, end)
    if window.first:
        windows.append((limit, _close(window) if window.ids[-1] != SEP else window))
    return windows


def batches(windows: list[tuple[int, Window]], rng: random.Random, pieces: int) -> Iterator[list[Window]]:
    """Yield batches of windows of like length, about `pieces` pieces each, in random order."""
    groups: dict[int, list[Window]] = {}
    for length, window in windows:
        groups.setdefault(length, []).append(window)
    made = []
    for length, group in sorted(groups.items()):
        rng.shuffle(group)
        group.sort(key=lambda window: len(window.ids) // 4)  # stable: like lengths together, little padding
        size = max(1, pieces // length)
        made += [group[k : k + size] for k in range(0, len(group), size)]
    rng.shuffle(made)
    yield from made


def _reshape(shapes: list[int], rng: random.Random, rate: float) -> list[int]:
    """Now and then pretend that a whole window is printed in capitals, in lower case or as a headline."""
    draw = rng.random()
    if draw > rate:
        return shapes
    kind = UPPER if draw < rate / 3 else LOWER if draw < rate * 2 / 3 else TITLE
    letters = {LOWER, TITLE, UPPER, LETTER, MIXED}
    return [1 + kind + KINDS * ((s - 1) // KINDS) if s and (s - 1) % KINDS in letters else s for s in shapes]


def tensors(
    group: list[Window], rng: random.Random, mask_rate: float, shape_rate: float
) -> dict[str, Tensor]:
    """Pad a batch; a share of the words is masked, a share of the windows gets other capitals."""
    length, width = max(len(w.ids) for w in group), max(len(w.first) for w in group)
    made: dict[str, list[list[int]]] = {}

    def put(key: str, row: list[int], size: int, fill: int) -> None:
        made.setdefault(key, []).append(row + [fill] * (size - len(row)))

    for window in group:
        ids = list(window.ids)
        for begin, end in zip(window.first, window.last, strict=True):
            if rng.random() < mask_rate:
                ids[begin : end + 1] = [MASK] * (end + 1 - begin)
        put("ids", ids, length, 0)
        put("shapes", _reshape(window.shapes, rng, shape_rate), length, 0)
        put("first", window.first, width, 0)
        put("last", window.last, width, 0)
        for task, row in window.gold.items():
            put(task, row, width, UNKNOWN)
    batch = {key: torch.tensor(rows) for key, rows in made.items()}
    batch["mask"] = (batch["ids"] != 0)[:, None, None, :]
    batch["words"] = batch["starts"] != UNKNOWN
    return batch
