"""The three ways in which statements are compared: as one event, as one demand, as demand and answer.

Each says under which keys a statement is filed and how alike two neighbours are. Whether two statements are compared and how
alike they are depends on them and their neighbours alone, so that one more report touches only what is near its statements.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from jirga.record import answers, demands, linking
from jirga.record.answers import Voice
from jirga.record.demands import Wish
from jirga.record.features import Sight
from jirga.record.near import Edge, Filed, neighbours
from jirga.record.words import Weights

__all__ = ["ANSWER", "DEMAND", "EVENT", "RELATIONS", "TOLL", "Relation", "relate"]

_Look = TypeVar("_Look")


@dataclass(frozen=True)
class Relation(Generic[_Look]):
    """A way in which statements are compared.

    Attributes
    ----------
    number : int
        What it is called in the project file.
    reach : int
        Neighbours on each side under one key that a statement is compared with.
    look : callable
        A statement and the sides of the conflict to what is compared; None when the statement has no part in it.
    filed : callable
        What is compared to what it is filed under.
    edge : callable
        How alike two are; None when not enough.
    """

    number: int
    reach: int
    look: Callable[[Sight, Collection[str]], _Look | None]
    filed: Callable[[_Look, Weights], Filed]
    edge: Callable[[_Look, _Look, Weights], float | None]


EVENT: Relation[Sight] = Relation(1, linking.REACH, lambda sight, _: sight, linking.filed, linking.edge)
DEMAND: Relation[Wish] = Relation(2, demands.REACH, demands.wish, demands.filed, demands.edge)
ANSWER: Relation[Voice] = Relation(3, answers.REACH, answers.voice, answers.filed, answers.edge)
TOLL = 4
"""Number of what is no likeness: clauses of one sentence that tell an act and its toll."""

RELATIONS: tuple[Relation[Any], ...] = (EVENT, DEMAND, ANSWER)


def relate(
    relation: Relation[_Look], sights: Sequence[Sight], weights: Weights, sides: Collection[str]
) -> list[Edge]:
    """Compare all statements with their neighbours.

    Parameters
    ----------
    relation : Relation
    sights : sequence of Sight
    weights : Weights
    sides : collection of str
        Party ids.

    Returns
    -------
    list of Edge
        Between places in ``sights``, in order.
    """
    looks = [
        (place, look)
        for place, sight in enumerate(sights)
        if (look := relation.look(sight, sides)) is not None
    ]
    found: list[Edge] = []
    for one, other, shelves in neighbours(
        [relation.filed(look, weights) for _, look in looks], relation.reach
    ):
        weight = relation.edge(looks[one][1], looks[other][1], weights)
        if weight is not None:
            found.append(Edge(looks[one][0], looks[other][0], weight, shelves))
    return found
