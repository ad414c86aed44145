"""The model and its parts: decision makers, options, preferences, rules.

The conflict file is described in ``docs/conflict-file.md``; definitions of the Graph Model are those of
Fang, Hipel and Kilgour (1993), *Interactive Decision Making*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Conflict", "DecisionMaker", "Direction", "Evidence", "Option", "Perception", "Preference", "Rule"]


class Direction(StrEnum):
    """Which way an option may be changed."""

    BOTH = "both"
    TO_YES = "to_yes"
    TO_NO = "to_no"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an element of the model rests on.

    Attributes
    ----------
    statements : tuple of str
        Statement ids; empty means that the element is the analyst's assumption.
    reason : str
        One sentence on how the statements lead to the element, or why it is assumed.
    """

    statements: tuple[str, ...] = ()
    reason: str = ""

    @property
    def assumption(self) -> bool:
        """Whether nothing but the analyst stands behind the element."""
        return not self.statements


@dataclass(frozen=True, slots=True)
class Option:
    """A thing that its decision maker may do or leave.

    Attributes
    ----------
    id : str
        Unique in the conflict unless written ``Dm.option``.
    dm : str
        Id of the decision maker who controls it.
    label : str
    direction : Direction
    evidence : Evidence
    """

    id: str
    dm: str
    label: str
    direction: Direction = Direction.BOTH
    evidence: Evidence = Evidence()


@dataclass(frozen=True, slots=True)
class Preference:
    """One place in a decision maker's order of preference statements.

    Attributes
    ----------
    statements : tuple of str
        Statements of equal weight (usually one), in the language of ``jirga.conflict.statements``.
    evidence : Evidence
    """

    statements: tuple[str, ...]
    evidence: Evidence = Evidence()


@dataclass(frozen=True, slots=True)
class Perception:
    """What one decision maker sees otherwise than it is (a first-level hypergame).

    Attributes
    ----------
    unseen : tuple of str
        Statements or patterns: states that it does not see.
    preferences : mapping of str to tuple of Preference
        Another decision maker's preferences as this one believes them.
    rankings : mapping of str to tuple of tuple of str
        The same by direct ranking.
    """

    unseen: tuple[str, ...] = ()
    preferences: Mapping[str, tuple[Preference, ...]] = field(default_factory=dict)
    rankings: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """What cannot be together.

    Attributes
    ----------
    kind : str
        ``statement`` (infeasible where it is true), ``pattern`` (Y/N/-), ``at_most_one``, ``at_least_one``,
        ``exactly_one``.
    terms : tuple of str
        The statement or pattern, or the options (or statements) of the set.
    evidence : Evidence
    """

    kind: str
    terms: tuple[str, ...]
    evidence: Evidence = Evidence()


@dataclass(frozen=True, slots=True)
class DecisionMaker:
    """One who decides, with what it can do and what it wants.

    Attributes
    ----------
    id, label : str
    options : tuple of Option
        Empty in graph form.
    preferences : tuple of Preference
        Most important first (option prioritisation); empty when ``ranking`` or ``weights`` is given.
    ranking : tuple of tuple of str
        Best first, ties together; states as Y/N words, numbers or names.
    weights : mapping of str to float
        Option weighting: option (``modify``: weight when taken, ``not modify``: weight when not).
    strength : int or None
        Gap (in ranks of the ranking, or in score for statements) from which a preference is strong.
    unknown : tuple
        Statements whose place is not known (str), or unordered pairs of states ((str, str)).
    fuzzy, probability : tuple of tuple of float or None
        Matrix over feasible states in state order; entry (a, b) is the degree, or the probability, that a is
        preferred to b.
    gamma : float
        Satisficing threshold that goes with ``fuzzy``.
    samples : mapping of str to tuple of rankings
        ``fuzzy`` or ``probability`` to the sampled rankings that its matrix was counted from; kept for writing.
    attitudes : mapping of str to int
        +1, 0 or -1 towards each decision maker (itself +1 unless told).
    perceives : Perception or None
    evidence : Evidence
    """

    id: str
    label: str
    options: tuple[Option, ...] = ()
    preferences: tuple[Preference, ...] = ()
    ranking: tuple[tuple[str, ...], ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    strength: int | None = None
    unknown: tuple[str | tuple[str, str], ...] = ()
    fuzzy: tuple[tuple[float, ...], ...] | None = None
    probability: tuple[tuple[float, ...], ...] | None = None
    gamma: float = 1.0
    attitudes: Mapping[str, int] = field(default_factory=dict)
    perceives: Perception | None = None
    evidence: Evidence = Evidence()
    samples: Mapping[str, tuple[tuple[tuple[str, ...], ...], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict as the Graph Model sees it.

    Attributes
    ----------
    name : str
    decision_makers : tuple of DecisionMaker
    infeasible : tuple of Rule
    status_quo : str or None
        A Y/N word over all options in order, or a state name in graph form.
    states : tuple of str
        Names of states in graph form; empty in option form.
    moves : mapping of str to mapping of str to tuple of str
        Graph form: decision maker to state to states it can move to.
    evidence : Evidence
    notes : tuple of str
        What the draft left out or assumed, for people.
    status_quo_evidence : Evidence
    """

    name: str
    decision_makers: tuple[DecisionMaker, ...]
    infeasible: tuple[Rule, ...] = ()
    status_quo: str | None = None
    states: tuple[str, ...] = ()
    moves: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    evidence: Evidence = Evidence()
    notes: tuple[str, ...] = ()
    status_quo_evidence: Evidence = Evidence()

    @property
    def options(self) -> tuple[Option, ...]:
        """All options in order; the first is the lowest bit of a state's code."""
        return tuple(option for dm in self.decision_makers for option in dm.options)
