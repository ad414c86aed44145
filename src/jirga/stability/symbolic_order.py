"""In which order the variables of decision diagrams are best put."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["variable_order"]

ORDER_ROUNDS = 40  # rounds after which the order of variables no longer gets better


def variable_order(options: int, groups: Sequence[int]) -> tuple[int, ...]:
    """Return the options in an order that keeps those named together close together.

    The FORCE heuristic (Aloul, Markov and Sakallah 2003): each group of options pulls its members to its
    centre.

    Parameters
    ----------
    options : int
    groups : sequence of int
        Masks of options that a statement or rule names.
    """
    members = [[bit for bit in range(options) if mask >> bit & 1] for mask in groups]
    members = [group for group in members if len(group) > 1]
    place = [float(bit) for bit in range(options)]
    best, best_span = tuple(range(options)), _span(place, members)
    for _ in range(ORDER_ROUNDS):
        pulls: list[list[float]] = [[] for _ in range(options)]
        for group in members:
            centre = sum(place[bit] for bit in group) / len(group)
            for bit in group:
                pulls[bit].append(centre)
        wish = [sum(pull) / len(pull) if pull else place[bit] for bit, pull in enumerate(pulls)]
        order = sorted(range(options), key=lambda bit: (wish[bit], place[bit]))
        for at, bit in enumerate(order):
            place[bit] = float(at)
        span = _span(place, members)
        if span < best_span:
            best, best_span = tuple(order), span
    return best


def _span(place: Sequence[float], members: Sequence[Sequence[int]]) -> float:
    return sum(max(place[bit] for bit in group) - min(place[bit] for bit in group) for group in members)
