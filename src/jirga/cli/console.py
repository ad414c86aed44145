"""Where the command line writes: results to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from jirga.errors import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress

    from jirga.reports.types import Refusal

__all__ = ["Meter", "err", "meter", "out", "tell_refused", "tell_unread", "write_whole"]

PATIENCE = 2.0  # seconds of work before a progress bar is worth a person's eyes
LONG = 20.0  # seconds between lines of progress where there is no terminal for a bar

out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)


class Meter:
    """A progress bar that shows itself only when the work takes long.

    Parameters
    ----------
    total : int
        Steps in all.
    what : str
        What is being done, for people.
    lines : bool
        Whether to tell it in a line now and then where there is no terminal.
    """

    def __init__(self, total: int, what: str, *, lines: bool = False) -> None:
        self.total, self.what, self.lines = total, what, lines
        self.begun = self.told = time.monotonic()
        self.done = 0
        self.bar: Progress | None = None

    def step(self, count: int = 1) -> None:
        """Tell that one more step is done, or several."""
        self.done += count
        if self.bar is None and time.monotonic() - self.begun > PATIENCE and sys.stderr.isatty():
            self.bar = _bar()
            self.bar.start()
            self.bar.add_task(self.what, total=self.total)
        if self.bar is not None:
            self.bar.update(self.bar.task_ids[0], completed=self.done)
        elif self.lines and time.monotonic() - self.told > LONG:
            self.told = time.monotonic()
            err.print(Text(f"{self.what}: {self.done:,} of {self.total:,}", style="dim"))

    def close(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()


def _bar() -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=err, transient=True)


@contextmanager
def meter(total: int, what: str, *, lines: bool = False) -> Iterator[Meter]:
    """Give a `Meter` that is closed whatever happens."""
    made = Meter(total, what, lines=lines)
    try:
        yield made
    finally:
        made.close()


def write_whole(path: Path, text: str | bytes) -> None:
    """Write a file under a temporary name and rename it, so that nothing is ever half written.

    Raises
    ------
    UsageError
        When it cannot be written there.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(text.encode() if isinstance(text, str) else text)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UsageError(
            f"{path}: cannot be written ({error.strerror}). Name another file with -o."
        ) from None


def tell_refused(refused: Iterable[Refusal]) -> None:
    """Tell each input that was not read, why, and what to do."""
    for refusal in refused:
        err.print(Text(f"Not read: {refusal.place}: {refusal.reason} {refusal.advice}", style="yellow"))


def tell_unread(place: str, unread: Iterable[tuple[tuple[int, int], str]]) -> None:
    """Tell how much of a report was left unread, and why; menus and bylines are not worth a word."""
    letters: dict[str, int] = {}
    for (begin, end), why in unread:
        if why != "furniture":
            letters[why] = letters.get(why, 0) + end - begin
    if letters:
        told = "; ".join(f"{count:,} letters unread ({why})" for why, count in letters.items())
        err.print(Text(f"Partly read: {place}: {told}.", style="yellow"))
