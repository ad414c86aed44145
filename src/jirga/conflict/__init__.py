"""The conflict model: its language, its files, its states and rankings.

>>> from jirga.conflict import load
>>> chicken = load('''
... conflict: Chicken
... decision_makers:
...   Row: {options: [straight], preferences: [straight if Column.swerve, not straight]}
...   Column: {options: [swerve], preferences: [not straight, not swerve]}
... ''')
>>> [option.id for option in chicken.options]
['straight', 'swerve']
"""

from jirga.conflict.formula import Formula, evaluate, holds
from jirga.conflict.load import load, loads
from jirga.conflict.ranking import ranks, scores, tiers
from jirga.conflict.statements import Vocabulary, parse, render
from jirga.conflict.states import StateSpace, feasible, find
from jirga.conflict.types import (
    Conflict,
    DecisionMaker,
    Direction,
    Evidence,
    Option,
    Perception,
    Preference,
    Rule,
)

__all__ = [
    "Conflict",
    "DecisionMaker",
    "Direction",
    "Evidence",
    "Formula",
    "Option",
    "Perception",
    "Preference",
    "Rule",
    "StateSpace",
    "Vocabulary",
    "evaluate",
    "feasible",
    "find",
    "holds",
    "load",
    "loads",
    "parse",
    "ranks",
    "render",
    "scores",
    "tiers",
]
