"""Robustness: how often a state holds over preferences that might as well be, and which statement decides.

Samples are cut into chunks of a fixed size, each with a seed of its own spawned from the given one, so
that a result depends on the seed and the number of samples alone, never on how many workers there were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import pairwise
from multiprocessing import get_context
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from jirga.conflict.states import feasible, find
from jirga.conflict.types import Conflict
from jirga.errors import OptionalPartMissing, UsageError
from jirga.stability.batch import Structure, batch_words, structure_of
from jirga.stability.build import to_game
from jirga.stability.door import solve
from jirga.stability.edits import places_of
from jirga.stability.game import Game, IntArray
from jirga.stability.how import How, Share, game_hash
from jirga.stability.jit import eager
from jirga.stability.sweep_draw import AS_GIVEN, Draw, Vary, draw
from jirga.stability.types import BASIC

__all__ = ["Decider", "Sweep", "SweepOptions", "sweep"]

CHUNK = 1024  # samples that are drawn and solved together; changing it changes every result
BATCHED_STATES = 64  # what the batch kernel takes; larger games are solved one by one
FOLLOWED = 512  # states for which it is looked at what decides
MOVED = 64  # states that swaps move whose place is looked at as what may decide
MANY = 100  # models solved one by one from which it pays to compile
CONCEPTS = (*BASIC, "SSEQ")
Counts = NDArray[np.int64]
Progress = Callable[[int], None] | None


@dataclass(frozen=True, slots=True)
class SweepOptions:
    """How to sweep.

    Attributes
    ----------
    vary : str
        ``orders``, ``unknown``, ``swaps`` or ``weights``: see `jirga.stability.sweep_draw.Draw`.
    samples, seed : int
    concepts : tuple of str
        Some of Nash, GMR, SMR, SEQ, SSEQ.
    want : str or None
        A statement: how often is a state where it is true an equilibrium?
    swaps : int
        Adjacent swaps of each ranking (for ``swaps``).
    workers : str
        ``none``, ``processes`` or ``ray`` (an extra).
    processes : int
        How many.
    """

    vary: Vary = "orders"
    samples: int = 10_000
    seed: int = 0
    concepts: tuple[str, ...] = BASIC
    want: str | None = None
    swaps: int = 3
    workers: Literal["none", "processes", "ray"] = "none"
    processes: int = 2


@dataclass(frozen=True, slots=True)
class Decider:
    """The statement that says most about whether something holds.

    Attributes
    ----------
    dm : str
    statements : tuple of str
        Empty when swaps of rankings were drawn: then it is a state whose place in the ranking decides.
    explained : float
        Part of the variance of "it holds" that this statement's place (or weight) alone explains, 0 to 1.
    shares : tuple of Share
        How often it holds, by the place of the statement from the most important (or by quarter of its
        weight, the lightest first; by where the state went: lower, as given, higher).
    state : int or None
        From 0.
    """

    dm: str
    statements: tuple[str, ...]
    explained: float
    shares: tuple[Share, ...]
    state: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {
            "dm": self.dm,
            "statements": list(self.statements),
            "explained": self.explained,
            "shares": [share.to_json() for share in self.shares],
            "state": None if self.state is None else self.state + 1,
        }


@dataclass(frozen=True, slots=True)
class Sweep:
    """How often states hold.

    Attributes
    ----------
    vary : str
    samples : int
    shares : mapping of str to mapping of int to Share
        Per concept and state (from 0) how often it is an equilibrium; states that never are, are left out.
    base : mapping of str to tuple of int
        Equilibria under the preferences as given.
    deciders : mapping of str to mapping of int to Decider
        Per concept and state the statement that decides most; only where something varies.
    wanted : mapping of str to Share
        Per concept how often a wanted state is an equilibrium; empty without ``want``.
    wanted_decider : mapping of str to Decider
    how : How
        Always sampled.
    """

    vary: str
    samples: int
    shares: Mapping[str, Mapping[int, Share]]
    base: Mapping[str, tuple[int, ...]]
    deciders: Mapping[str, Mapping[int, Decider]]
    wanted: Mapping[str, Share]
    wanted_decider: Mapping[str, Decider]
    how: How

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values, states numbered from 1."""
        return {
            "vary": self.vary,
            "samples": self.samples,
            "equilibria": {
                concept: [
                    {
                        "state": state + 1,
                        **share.to_json(),
                        "as_given": state in self.base[concept],
                        "decided_by": _json(self.deciders[concept].get(state)),
                    }
                    for state, share in rows.items()
                ]
                for concept, rows in self.shares.items()
            },
            "wanted": {
                concept: {**share.to_json(), "decided_by": _json(self.wanted_decider.get(concept))}
                for concept, share in self.wanted.items()
            },
            "how": self.how.to_json(),
        }


def _json(decider: Decider | None) -> dict[str, Any] | None:
    return None if decider is None else decider.to_json()


@dataclass(frozen=True, eq=False)
class _Job:
    """What a worker needs: everything but the chunk."""

    game: Game
    structure: Structure | None
    draw: Draw
    concepts: tuple[str, ...]
    followed: IntArray
    wanted: NDArray[np.bool_] | None


@dataclass(frozen=True, eq=False)
class _Tally:
    """Counts over samples: hits per concept and state; per factor bin the samples and the followed hits."""

    hits: Counts
    bins: Counts
    by_bin: Counts
    wanted: Counts

    def __add__(self, other: _Tally) -> _Tally:
        return _Tally(
            self.hits + other.hits,
            self.bins + other.bins,
            self.by_bin + other.by_bin,
            self.wanted + other.wanted,
        )


def sweep(
    conflict: Conflict,
    options: SweepOptions = SweepOptions(),
    progress: Progress = None,
) -> Sweep:
    """Sample preferences and count how often each state is an equilibrium.

    Parameters
    ----------
    conflict : Conflict
    options : SweepOptions
    progress : callable or None
        Called with the number of samples of each chunk that is done.

    Raises
    ------
    UsageError
        For an option that makes no sense, or when nothing in the model can vary in the way asked for.
    OptionalPartMissing
        For ``workers="ray"`` when ray is not installed.
    """
    _check(options)
    space = feasible(conflict)
    game = to_game(conflict, space)
    base = solve(game, options.concepts)
    wanted = None
    if options.want is not None:
        wanted = np.zeros(game.m, dtype=np.bool_)
        wanted[find(conflict, space, options.want)] = True
    followed = _followed(game, base.equilibria)
    drawn = _draw_of(conflict, options, followed)
    structure = structure_of(game) if game.m <= BATCHED_STATES else None
    job = _Job(game, structure, drawn, options.concepts, followed, wanted)
    tally = _run(job, options, progress)
    model = How("sweep", game_hash(game), exact=False, samples=options.samples, seed=options.seed)
    return _result(
        job, tally, options, {name: tuple(e.tolist()) for name, e in base.equilibria.items()}, model
    )


def _check(options: SweepOptions) -> None:
    if options.samples < 1 or options.swaps < 1 or options.processes < 1:
        raise UsageError("A sweep takes at least one sample, one swap and one worker.")
    if options.vary not in ("orders", "unknown", "swaps", "weights"):
        raise UsageError(f"Nothing is called “{options.vary}”: vary orders, unknown, swaps or weights.")
    for name in options.concepts:
        if name not in CONCEPTS:
            raise UsageError(f"A sweep does not know “{name}”: use {', '.join(CONCEPTS)}.")


def _draw_of(conflict: Conflict, options: SweepOptions, followed: IntArray) -> Draw:
    space = feasible(conflict)
    places = tuple(places_of(conflict, i, space) for i in range(len(conflict.decision_makers)))
    loose = tuple(
        tuple(bool(set(place.statements) & set(maker.unknown)) for place in row)
        for row, maker in zip(places, conflict.decision_makers, strict=True)
    )
    if options.vary == "unknown" and not any(map(any, loose)):
        raise UsageError("No decision maker has a statement whose place is not known; vary orders instead.")
    statements = any(len(row) > 1 for row in places)
    weighted = any(maker.weights for maker in conflict.decision_makers)
    if options.vary != "swaps" and not statements and not (options.vary == "weights" and weighted):
        raise UsageError(f"Nobody has statements whose {options.vary} could vary; vary swaps instead.")
    return Draw(options.vary, places, loose, options.swaps, tuple(followed[:MOVED].tolist()))


def _followed(game: Game, equilibria: Mapping[str, IntArray]) -> IntArray:
    if game.m <= FOLLOWED:
        return np.arange(game.m, dtype=np.int32)
    held = sorted({int(state) for states in equilibria.values() for state in states})
    return np.array(held[:FOLLOWED], dtype=np.int32)


def _chunks(options: SweepOptions) -> Iterator[tuple[int, np.random.SeedSequence]]:
    count = -(-options.samples // CHUNK)
    for at, seed in enumerate(np.random.SeedSequence(options.seed).spawn(count)):
        yield min(CHUNK, options.samples - at * CHUNK), seed


def _run(job: _Job, options: SweepOptions, progress: Progress) -> _Tally:
    chunks = list(_chunks(options))
    if options.workers == "ray":
        return _joined(_with_ray(job, chunks, progress))
    if options.workers == "none" or len(chunks) == 1:
        return _joined(_told(_chunk(job, size, seed), size, progress) for size, seed in chunks)
    # Started afresh: a forked child would inherit locks of the compiled code's threads.
    with ProcessPoolExecutor(options.processes, mp_context=get_context("spawn")) as pool:
        futures = [(size, pool.submit(_chunk, job, size, seed)) for size, seed in chunks]
        return _joined(_told(future.result(), size, progress) for size, future in futures)


def _told(tally: _Tally, size: int, progress: Progress) -> _Tally:
    if progress is not None:
        progress(size)
    return tally


def _with_ray(
    job: _Job, chunks: Sequence[tuple[int, np.random.SeedSequence]], progress: Progress
) -> Iterator[_Tally]:
    try:
        import ray
    except ImportError as error:
        raise OptionalPartMissing("Sweeps on ray need the extra: pip install 'jirga[ray]'.") from error
    ours = not ray.is_initialized()
    if ours:
        ray.init(logging_level="error", include_dashboard=False)
    try:
        remote, held = ray.remote(_chunk), ray.put(job)
        waiting = [(size, remote.remote(held, size, seed)) for size, seed in chunks]
        for size, one in waiting:
            yield _told(ray.get(one), size, progress)
    finally:
        if ours:  # who brings a cluster of their own keeps it
            ray.shutdown()


def _joined(tallies: Iterable[_Tally]) -> _Tally:
    whole = None
    for one in tallies:
        whole = one if whole is None else whole + one
    assert whole is not None
    return whole


def _chunk(job: _Job, size: int, seed: np.random.SeedSequence) -> _Tally:
    """Draw and solve one chunk, and count."""
    ranks, bins = draw(job.draw, size, np.random.default_rng(seed))
    starts = np.cumsum([0, *(factor.bins for factor in job.draw.factors)])
    rows = (bins + starts[None, :-1]).astype(np.int32)
    sizes = np.bincount(rows.ravel(), minlength=int(starts[-1])).astype(np.int64)
    usual = AS_GIVEN if job.draw.vary == "swaps" else None
    if usual is not None:
        rows[bins == usual] = -1  # most states stay: they are counted as what is left
    counted = _counted_by_words if job.structure is not None else _counted
    hits, by_bin, met = counted(job, ranks, rows, int(starts[-1]))
    if usual is not None:
        events = np.concatenate([hits[:, job.followed].ravel(), met])
        for start, end in pairwise(starts.tolist()):
            by_bin[start + usual] = events - by_bin[start:end].sum(axis=0)
    return _Tally(hits, sizes, by_bin, met)


def _counted_by_words(job: _Job, ranks: IntArray, rows: IntArray, bins: int) -> tuple[Counts, Counts, Counts]:
    """Count on the batch kernel, where each state is followed."""
    from jirga.stability.sweep_kernel import count  # compiled on import, so only when wanted

    assert job.structure is not None
    concepts, m = len(job.concepts), job.game.m
    words = batch_words(job.structure, ranks, job.concepts)
    wanted = 0 if job.wanted is None else sum(1 << int(s) for s in np.flatnonzero(job.wanted))
    hits, met = np.zeros((concepts, m), dtype=np.int64), np.zeros(concepts, dtype=np.int64)
    by_bin = np.zeros((bins, concepts * (m + 1)), dtype=np.int64)
    count(words, m, np.uint64(wanted), rows, hits, met, by_bin)
    return (hits, by_bin, met) if wanted else (hits, by_bin[:, : concepts * m], met[:0])


def _counted(job: _Job, ranks: IntArray, rows: IntArray, bins: int) -> tuple[Counts, Counts, Counts]:
    """Count after solving one by one."""
    with eager() if len(ranks) >= MANY else nullcontext():
        held = _equilibria(job, ranks)
    size = len(ranks)
    met: NDArray[np.bool_] = np.zeros((size, 0), dtype=np.bool_)
    if job.wanted is not None:
        met = np.asarray(held[:, :, job.wanted].any(axis=2), dtype=np.bool_)
    marks = np.concatenate([held[:, :, job.followed].reshape(size, -1), met], axis=1)
    by_bin = np.zeros((bins, marks.shape[1]), dtype=np.int64)
    for row, mark in zip(rows, marks, strict=True):
        by_bin[row[row >= 0]] += mark
    return held.sum(axis=0, dtype=np.int64), by_bin, met.sum(axis=0, dtype=np.int64)


def _equilibria(job: _Job, ranks: IntArray) -> NDArray[np.bool_]:
    """Return ``[sample, concept, state]``."""
    held = np.zeros((ranks.shape[0], len(job.concepts), job.game.m), dtype=np.bool_)
    for at, profile in enumerate(ranks):
        found = solve(replace(job.game, ranks=tuple(profile)), job.concepts).equilibria
        for k, name in enumerate(job.concepts):
            held[at, k, found[name]] = True
    return held


def _result(
    job: _Job, tally: _Tally, options: SweepOptions, base: Mapping[str, tuple[int, ...]], how: How
) -> Sweep:
    n, concepts = options.samples, options.concepts
    shares = {
        name: {int(s): Share.of(int(tally.hits[k, s]), n) for s in np.flatnonzero(tally.hits[k])}
        for k, name in enumerate(concepts)
    }
    places = {int(state): at for at, state in enumerate(job.followed)}
    deciders = {
        name: {
            state: decider
            for state in rows
            if state in places
            and (decider := _decider(job, tally, k * len(places) + places[state], n)) is not None
        }
        for k, (name, rows) in enumerate(shares.items())
    }
    wanted = (
        {}
        if job.wanted is None
        else {name: Share.of(int(tally.wanted[k]), n) for k, name in enumerate(concepts)}
    )
    first = len(places) * len(concepts)
    decided = {name: _decider(job, tally, first + k, n) for k, name in enumerate(wanted)}
    return Sweep(
        options.vary,
        n,
        shares,
        base,
        deciders,
        wanted,
        {name: decider for name, decider in decided.items() if decider is not None},
        how,
    )


def _decider(job: _Job, tally: _Tally, event: int, n: int) -> Decider | None:
    """Return the factor whose bins differ most in how often the event happens; None when it never varies."""
    best: Decider | None = None
    at = 0
    for factor in job.draw.factors:
        rows = slice(at, at + factor.bins)
        at += factor.bins
        sizes, hits = tally.bins[rows], tally.by_bin[rows, event]
        mean = hits.sum() / n
        if not 0 < mean < 1:
            return None
        filled = sizes > 0
        spread = float((sizes[filled] * (hits[filled] / sizes[filled] - mean) ** 2).sum() / n)
        explained = spread / (mean * (1 - mean))
        if best is None or explained > best.explained:
            shares = tuple(Share.of(int(h), int(s)) for h, s in zip(hits, sizes, strict=True))
            best = Decider(job.game.dms[factor.dm], factor.statements, explained, shares, factor.state)
    return best
