"""Every error that jirga raises on purpose.

::

    JirgaError
    ├── ReportError          a report cannot be read
    │   ├── NoReportsError   nothing among the given paths can be read
    │   └── OptionalPartMissing   an extra is needed and is not installed
    ├── ProjectError         a project file cannot be opened or written
    ├── ReadingError         a reader broke its contract (a span outside its report, an unknown type)
    ├── ConflictError        a conflict file cannot be used; carries every problem at once
    ├── StatementError       a preference statement does not parse; carries the position
    ├── TooLargeError        a model is beyond what the engine or the memory can do; told before it starts
    └── UsageError           a value given on the command line or in a call makes no sense

Each message says what is wrong, where, and what to do next.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "ConflictError",
    "JirgaError",
    "NoReportsError",
    "OptionalPartMissing",
    "Problem",
    "ProjectError",
    "ReadingError",
    "ReportError",
    "StatementError",
    "TooLargeError",
    "UsageError",
]


class JirgaError(Exception):
    """Root of the tree; catch it to catch all that jirga raises on purpose."""


class ReportError(JirgaError):
    """A report cannot be read.

    Parameters
    ----------
    place : str
        The file (and line) as the user named it.
    reason : str
        What is wrong with it.
    advice : str
        What to do next.
    """

    def __init__(self, place: str, reason: str, advice: str) -> None:
        super().__init__(f"{place}: {reason} {advice}".strip())
        self.place, self.reason, self.advice = place, reason, advice


class NoReportsError(ReportError):
    """Nothing among the given paths can be read."""


class ProjectError(JirgaError):
    """A project file cannot be opened or written.

    Parameters
    ----------
    place : str
        The file.
    reason, advice : str
        What is wrong, and what to do.
    """

    def __init__(self, place: str, reason: str, advice: str) -> None:
        super().__init__(f"{place}: {reason} {advice}".strip())
        self.place, self.reason, self.advice = place, reason, advice


class OptionalPartMissing(JirgaError):  # noqa: N818 - it is missing, not wrong
    """An extra is needed and is not installed; the message is the sentence that installs it."""


class ReadingError(JirgaError):
    """A reader broke its contract: a span outside its report, an unknown event type."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a conflict file.

    Attributes
    ----------
    message : str
        What is wrong and what to do.
    line, column : int or None
        Where, counted from 1; None when the problem has no single place.
    """

    message: str
    line: int | None = None
    column: int | None = None

    def at(self, place: str) -> str:
        """Return the problem as one line that begins with its place, as compilers print it."""
        where = place if self.line is None else f"{place}:{self.line}:{self.column or 1}"
        return f"{where}: {self.message}"


class ConflictError(JirgaError):
    """A conflict file cannot be used.

    Parameters
    ----------
    place : str
        The file as the user named it.
    problems : tuple of Problem
        All that is wrong with it, in the order of the file.
    """

    def __init__(self, place: str, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(problem.at(place) for problem in problems))
        self.place, self.problems = place, problems


class StatementError(JirgaError):
    """A preference statement does not parse.

    Parameters
    ----------
    text : str
        The statement.
    position : int
        Code points from its begin, 0-based.
    message : str
        What was expected there.
    """

    def __init__(self, text: str, position: int, message: str) -> None:
        super().__init__(f"{message} (at character {position + 1} of “{text}”)")
        self.text, self.position, self.message = text, position, message


class TooLargeError(JirgaError):
    """A model is beyond what the engine or the memory can do; raised before anything is allocated."""


class UsageError(JirgaError):
    """A value given on the command line or in a call makes no sense."""
