"""Say before allocating that a model does not fit."""

from __future__ import annotations

import os
from pathlib import Path

from jirga.errors import TooLargeError

__all__ = ["available_bytes", "readable", "require"]

UNASKED = 64 << 20  # bytes that are simply taken: less than a Python process with its libraries
KEPT_FREE = 0.1  # part of the free memory that is left to the rest of the machine


def available_bytes() -> int:
    """Return how much memory can be had without swapping; a guess of 2 GiB where the system does not tell."""
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 2 << 30


def readable(count: int) -> str:
    """Return a number of bytes as people write it."""
    size, unit = float(count), "bytes"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if size < 1024:
            break
        size, unit = size / 1024, larger
    return f"{size:.0f} {unit}" if size >= 10 or unit == "bytes" else f"{size:.1f} {unit}"


def require(count: int, what: str, advice: str) -> None:
    """Raise unless so much memory is free.

    Parameters
    ----------
    count : int
        Bytes.
    what : str
        What needs them, for the message.
    advice : str
        What to do instead, a sentence.

    Raises
    ------
    TooLargeError
        Too little is free.
    """
    if count <= UNASKED:
        return
    free = int(available_bytes() * (1 - KEPT_FREE))
    if count > free:
        sizes = f"about {readable(count)} of memory; {readable(free)} is free"
        raise TooLargeError(f"{what} needs {sizes}. {advice}")
