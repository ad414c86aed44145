"""Compile a kernel when it is first needed, and not at all for small work.

Kernels are plain Python functions over arrays that call no other kernel. For a small model they simply run;
for a large one numba compiles them, once, and keeps the result on disk where it can. Nothing here imports
numba before that: its import and the compilation cost more than a small analysis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import ParamSpec, TypeVar

__all__ = ["compiled", "eager", "jitted", "kernel"]

P = ParamSpec("P")
T = TypeVar("T")

SMALL = 150_000
"""Elementary steps (about a microsecond each when interpreted) up to which compiling does not pay."""


_eager: ContextVar[bool] = ContextVar("eager", default=False)


@contextmanager
def eager() -> Iterator[None]:
    """Compile kernels for small work too, because there is much of it: within, `kernel` always compiles."""
    token = _eager.set(True)
    try:
        yield
    finally:
        _eager.reset(token)


def kernel(function: Callable[P, T], steps: int) -> Callable[P, T]:
    """Return the function as it is for little work, compiled for much.

    Parameters
    ----------
    function : callable
        A kernel.
    steps : int
        About how many elementary steps the call takes.
    """
    return function if steps <= SMALL and not _eager.get() else compiled(function)


@cache
def compiled(function: Callable[P, T]) -> Callable[P, T]:
    """Return the compiled function; compiled once a process, kept on disk when there is a place for it."""
    import numba

    try:
        made: Callable[P, T] = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba says so when neither the package folder nor a cache folder can be written
        made = numba.njit(nogil=True)(function)
    return made


def jitted(function: Callable[P, T]) -> Callable[P, T]:
    """Mark a function of a module that is imported only when it is to be compiled; a typed ``numba.njit``."""
    return compiled(function)
