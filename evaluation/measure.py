"""What a measure is, where the sets lie, and the floors that hold."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["OWN", "SHARED", "Measure", "below", "fingerprint", "floors"]

HERE = Path(__file__).parent
OWN = HERE / "own"
SHARED = HERE.parent.parent / "shared"
FLOORS = HERE / "floors.toml"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure.

    Attributes
    ----------
    name : str
        What is measured, "exact F1 source".
    corpus : str
        The set, by file name.
    value : float
        Between 0 and 1.
    must, aim : float or None
        What is asked and what is hoped for; None where nothing is set.
    fingerprint : str
        First 12 hex digits of the SHA-256 of the set: floors hold for exactly this text.
    """

    name: str
    corpus: str
    value: float
    must: float | None = None
    aim: float | None = None
    fingerprint: str = ""

    @property
    def key(self) -> str:
        """The measure's name in ``floors.toml``."""
        return f"{self.corpus}: {self.name}"


def fingerprint(paths: Iterable[Path]) -> str:
    """Return the hash of the files of a set, in the order given."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def floors() -> dict[str, tuple[str, float]]:
    """Return the floors: key to the set's fingerprint and the lowest value allowed."""
    loaded = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return {key: (str(row["fingerprint"]), float(row["floor"])) for key, row in loaded.items()}


def below(found: Iterable[Measure]) -> list[str]:
    """Return a sentence for each measure that lies below its floor, or whose set has changed under its floor."""
    kept, problems = floors(), []
    for one in found:
        if one.key not in kept:
            continue
        mark, floor = kept[one.key]
        if mark != one.fingerprint:
            problems.append(
                f"{one.key}: the set is not the one that the floor was set on ({one.fingerprint}, not {mark})."
            )
        elif one.value < floor:
            problems.append(f"{one.key}: {one.value:.3f} is below the floor of {floor:.3f}.")
    return problems
