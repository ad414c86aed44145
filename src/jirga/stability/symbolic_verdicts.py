"""Verdicts on sets of states: the linear algorithm of the fast engine, for all levels at once.

For decision maker i let C be the pairs (q, v) of a state and a level such that the others can bring about
from q a state that deters i at level v:

1. start from what deters at v: the states liked no better than v (SMR, SSEQ: from which i cannot get to
better ones either); 2. flood backwards through the others' moves (SEQ, SSEQ: improvements) until nothing is
added; 3. a state s is unstable when i can move from it to a better state q and (q, level of s) is not in C.

In option form every decision maker's moves are transitive, so that "nobody moves twice in a row" costs
nothing. In graph form C is kept apart by who moves first: a sequence that j begins goes on with another.

MR_h goes through the rounds of its tree in the same way (see :mod:`jirga.stability.horizon`). The two rules
of simultaneous moves are relations over the options before and after.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

from jirga.errors import UsageError
from jirga.stability.bdd import Diagram
from jirga.stability.symbolic_model import SymbolicModel
from jirga.stability.types import BASIC

__all__ = ["FLOODED", "SIMULTANEOUS", "regretting_sets", "unstable_set"]

FLOODED = (*BASIC, "SSEQ")
SIMULTANEOUS = ("SIM", "SEQ+SIM")


def unstable_set(model: SymbolicModel, i: int, concept: str, rounds: int = 0) -> Diagram:
    """Return the states that a decision maker leaves.

    Parameters
    ----------
    model : SymbolicModel
        With level variables for i, unless the concept is Nash.
    i : int
    concept : str
        Nash, GMR, SMR, SEQ, SSEQ, or MR with its number of rounds.
    rounds : int
    """
    restless = model.before_gaining(i, model.feasible)
    if concept == "Nash" or not restless.satisfiable():
        return restless
    if concept == "MR":
        return _unstable(model, i, _safe(model, i, rounds))
    return _unstable(model, i, _better(model, i) & ~_sanctioned(model, i, concept))


def _better(model: SymbolicModel, i: int) -> Diagram:
    return model.feasible & ~model.low[i]


def _unstable(model: SymbolicModel, i: int, tempting: Diagram) -> Diagram:
    """Return the states from which i can move to a state that tempts it at their level."""
    d = model.diagrams
    return d.some_both(model.level_cubes[i], model.before(i, tempting), model.level[i])


def _sanctioned(model: SymbolicModel, i: int, concept: str) -> Diagram:
    """Return C of the steps above, for one decision maker."""
    deterring = model.low[i]
    if concept in ("SMR", "SSEQ"):
        deterring = deterring & ~model.before(i, _better(model, i))
    return _flooded(model, i, deterring, improving=concept in ("SEQ", "SSEQ"))


def _flooded(model: SymbolicModel, i: int, goal: Diagram, *, improving: bool) -> Diagram:
    """Return from where the others get into a set by a legal sequence; in option form also the set itself.

    The others take turns; each is asked only about what was added since its last turn and not by itself.
    """
    d, step = model.diagrams, model.before_gaining if improving else model.before
    others = [j for j in range(model.n) if j != i]
    together = model.arcs is None  # moves are transitive: who was last does not matter
    waiting = dict.fromkeys(others, goal)
    begun = dict.fromkeys(others, d.false)
    reached = goal if together else d.false
    turn = quiet = 0
    while quiet < len(others):
        j = others[turn % len(others)]
        turn += 1
        asked, waiting[j] = waiting[j], d.false
        more = step(j, asked) & ~(reached if together else begun[j]) if asked.satisfiable() else asked
        if not more.satisfiable():
            quiet += 1
            continue
        quiet = 0
        reached, begun[j] = reached | more, begun[j] | more
        for k in others:
            if k != j:
                waiting[k] = waiting[k] | more
    return reached


def _safe(model: SymbolicModel, i: int, rounds: int) -> Diagram:
    """Return the states, by level, from which i ends above the level although the others are to move."""
    better = _better(model, i)
    ours = others = better
    for _ in range(rounds - 1):
        below = model.feasible & ~ours
        ours, others = (
            better | model.before(i, others),
            better & ~_flooded(model, i, below, improving=False),
        )
    return others


def _tempting(model: SymbolicModel, i: int, *, joint: bool) -> Diagram:
    """Return the improvements of i, options before and twins after; if joint those that SEQ leaves open."""
    d = model.diagrams
    found = model.prefers[i] & model.feasible & model.after(model.feasible, i)
    if joint and found.satisfiable():
        unsanctioned = model.after(_better(model, i) & ~_sanctioned(model, i, "SEQ"), i)
        found = found & d.some_both(model.level_cubes[i], model.level[i], unsanctioned)
    return found


def regretting_sets(model: SymbolicModel, *, joint: bool) -> list[Diagram]:
    """Return the states that each decision maker leaves under SIM, or SEQ+SIM when joint.

    Raises
    ------
    UsageError
        When moves are listed: SIM joins changes of options.
    """
    if model.arcs is not None:
        raise UsageError("SIM joins changes of options, and this model lists its moves; leave SIM out.")
    d, everyone, k = model.diagrams, range(model.n), model.shape.bits
    tempting = [_tempting(model, i, joint=joint) for i in everyone]
    cubes = [d.cube(k + bit for bit in bits) for bits in model.own]
    leaving = [d.some(cube, relation) for cube, relation in zip(cubes, tempting, strict=True)]
    chosen = [
        tempting[j] | (_staying(model, j) & ~leaving[j] if joint else _staying(model, j)) for j in everyone
    ]
    found = []
    for i in everyone:
        others = [j for j in everyone if j != i]
        regretted = ~model.preferred(i, everyone) & reduce(model.after, everyone, model.feasible)
        answered = regretted & reduce(and_, (chosen[j] for j in others), d.true)
        for j in others:
            answered = d.some(cubes[j], answered)
        left = d.some(cubes[i], tempting[i] & ~answered)
        company = reduce(or_, (leaving[j] for j in others), d.false) if joint else d.true
        found.append(left | (leaving[i] & ~company))
    return found


def _staying(model: SymbolicModel, j: int) -> Diagram:
    d, k = model.diagrams, model.shape.bits
    return reduce(and_, (d.var(bit).equiv(d.var(k + bit)) for bit in model.own[j]), d.true)
