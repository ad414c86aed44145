"""Whole numbers by the million, put away on disk and given back part by part: what is too much to be held at once.

Rows are held in memory up to a bound; beyond it they go to one temporary file, each part of them in stretches of its own.
"""

from __future__ import annotations

from collections import defaultdict
from tempfile import TemporaryFile, gettempdir
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from jirga.errors import ProjectError

__all__ = ["Spill"]

ADVICE = "Make room, or name another folder in the variable TMPDIR, and try again; what was complete is kept."
HELD = 1 << 17  # rows that are held before they are put away: some megabytes

Numbers = NDArray[np.int64]


class Spill:
    """Rows of whole numbers, sorted into parts.

    Parameters
    ----------
    width : int
        Numbers in a row.
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self._held: list[tuple[Numbers, Numbers]] = []
        self._count = 0
        self._file: Any = None
        self._stretches: dict[int, list[tuple[int, int]]] = defaultdict(list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all rows."""
        self._held, self._count = [], 0
        self._stretches.clear()
        if self._file is not None:
            self._file.close()
            self._file = None

    def add(self, rows: Numbers, parts: Numbers) -> None:
        """Put rows away.

        Parameters
        ----------
        rows : array of int64, shape (n, width)
        parts : array of int64, shape (n,)
            The part of each row, from 0.
        """
        if not len(rows):
            return
        self._held.append((rows, parts))
        self._count += len(rows)
        if self._count >= HELD:
            self._put_away()

    def parts(self) -> list[int]:
        """Return the numbers of the parts that have rows, in order."""
        held = (np.unique(parts).tolist() for _, parts in self._held)
        return sorted(set(self._stretches).union(*held))

    def part(self, number: int) -> Numbers:
        """Return the rows of a part, in the order in which they were put away; shape (n, width)."""
        found = [self._fetched(at, count) for at, count in self._stretches.get(number, ())]
        found += [rows[parts == number] for rows, parts in self._held]
        return np.concatenate(found) if found else np.zeros((0, self.width), np.int64)

    def _put_away(self) -> None:
        rows = np.concatenate([rows for rows, _ in self._held])
        parts = np.concatenate([parts for _, parts in self._held])
        self._held, self._count = [], 0
        order = np.argsort(parts, kind="stable")
        rows, parts = rows[order], parts[order]
        try:
            if self._file is None:
                self._file = TemporaryFile(prefix="jirga-")  # noqa: SIM115 - closed on exit
            at = self._file.seek(0, 2)
            self._file.write(rows.tobytes())
        except OSError as error:
            raise ProjectError(
                gettempdir(), f"linking needs room there ({error.strerror}).", ADVICE
            ) from None
        numbers, first, counts = np.unique(parts, return_index=True, return_counts=True)
        size = self.width * rows.itemsize
        for number, begin, count in zip(numbers.tolist(), first.tolist(), counts.tolist(), strict=True):
            self._stretches[number].append((at + begin * size, count))

    def _fetched(self, at: int, count: int) -> Numbers:
        self._file.seek(at)
        size = count * self.width * 8
        return np.frombuffer(self._file.read(size), np.int64).reshape(count, self.width)
