"""``.gmcr`` files, the JSON of GMCR+ and gmcr-py, read and written.

A file has ``decisionMakers`` (``name``, ``options`` as indices, ``preferences``, ``preferenceRanking``),
``options`` (``name``, ``permittedDirection`` both, fwd or back), ``infeasibles`` (each a list of
``[index, "Y"]``), and ``useManualPreferenceRanking``. A preference is such a list, or
``{"compound": true, "members": [...]}``, which is true where one of its members is. Ranked states are
numbered from 1 by increasing code.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from jirga.conflict.atomic import write_atomically
from jirga.conflict.cubes import cubes
from jirga.conflict.formula import Matches
from jirga.conflict.gmcr_read import Reader
from jirga.conflict.ranking import ranks, tiers
from jirga.conflict.statements import Vocabulary, parse
from jirga.conflict.states import StateSpace, feasible, rule_formula
from jirga.conflict.types import Conflict, DecisionMaker, Direction, Evidence, Perception
from jirga.errors import ConflictError, Problem

__all__ = ["dump_gmcr", "dumps_gmcr", "loads_gmcr"]

Json: TypeAlias = Any  # a number, a text, or lists and mappings of these
DIRECTIONS = {Direction.BOTH: "both", Direction.TO_YES: "fwd", Direction.TO_NO: "back"}


def loads_gmcr(text: str, place: str = "conflict.gmcr") -> Conflict:
    """Read the text of a ``.gmcr`` file; the conflict is named after the file.

    Raises
    ------
    ConflictError
        With every problem found.
    """
    try:
        data = json.loads(text, parse_constant=lambda name: name)
    except json.JSONDecodeError as error:
        raise ConflictError(
            place, (Problem(f"This is not JSON: {error.msg}.", error.lineno, error.colno),)
        ) from error
    except RecursionError as error:
        raise ConflictError(
            place, (Problem("This is not a .gmcr file: it is nested too deeply."),)
        ) from error
    reader = Reader(Path(place).stem or "conflict")
    conflict = reader.read(data)
    if reader.problems:
        raise ConflictError(place, tuple(reader.problems))
    return conflict


def dumps_gmcr(conflict: Conflict) -> tuple[str, tuple[str, ...]]:
    """Write a conflict as the text of a ``.gmcr`` file.

    Returns
    -------
    text : str
    left_out : tuple of str
        What the format cannot say and the file therefore does not hold.

    Raises
    ------
    ConflictError
        For a conflict in graph form, which the format does not know at all.
    """
    if conflict.states:
        told = "A conflict in graph form cannot be written as .gmcr; keep it as YAML."
        raise ConflictError(conflict.name, (Problem(told),))
    vocabulary = Vocabulary.of(conflict)
    left_out: list[str] = _unsaid(conflict)
    written = [_statements(dm, vocabulary, left_out) for dm in conflict.decision_makers]
    ranked = None in written
    space = feasible(conflict)
    makers: list[dict[str, Json]] = []
    for dm, statements in zip(conflict.decision_makers, written, strict=True):
        own = [bit for bit, option in enumerate(conflict.options) if option.dm == dm.id]
        makers.append({"name": dm.id, "options": own, "preferences": statements or []})
        if ranked:
            makers[-1]["preferenceRanking"] = _ranking(conflict, dm, space)
        if dm.perceives is not None and dm.perceives.unseen:
            makers[-1]["misperceptions"] = _unseen(dm.perceives, vocabulary)
    infeasible: list[list[Json]] = []
    for rule in conflict.infeasible:
        found = cubes(rule_formula(rule, vocabulary))
        if found is None:
            told = f"The rule “{rule.terms[0]}” needs more patterns than anybody reads; keep it as YAML."
            raise ConflictError(conflict.name, (Problem(told),))
        infeasible += [_pairs(cube) for cube in found]
    data = {
        "program": "gmcr-py",
        "version": "0.3.12",
        "options": [{"name": o.id, "permittedDirection": DIRECTIONS[o.direction]} for o in conflict.options],
        "decisionMakers": makers,
        "infeasibles": infeasible,
        "useManualPreferenceRanking": ranked,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n", tuple(left_out)


def dump_gmcr(conflict: Conflict, path: str | Path) -> tuple[str, ...]:
    """Write a ``.gmcr`` file (under a temporary name first) and return what it could not hold."""
    text, left_out = dumps_gmcr(conflict)
    write_atomically(Path(path), text)
    return left_out


def _unsaid(conflict: Conflict) -> list[str]:
    """Name what the conflict says and the format has no place for."""
    out = []
    if conflict.status_quo is not None:
        out.append(f"status quo {conflict.status_quo}")
    if conflict.notes:
        out.append("notes")
    plain = replace(conflict, name="", status_quo=None, notes=())
    if any(option.label != option.id for option in plain.options) or any(
        dm.label != dm.id for dm in plain.decision_makers
    ):
        out.append("labels")
    elements = [
        conflict.evidence,
        conflict.status_quo_evidence,
        *(rule.evidence for rule in conflict.infeasible),
    ]
    for dm in conflict.decision_makers:
        elements += [dm.evidence, *(o.evidence for o in dm.options), *(p.evidence for p in dm.preferences)]
        for key in ("strength", "unknown", "fuzzy", "probability", "attitudes"):
            if getattr(dm, key):
                out.append(f"{key} of {dm.id}")
        if dm.perceives is not None and (dm.perceives.preferences or dm.perceives.rankings):
            out.append(f"what {dm.id} believes of others' preferences")
    if any(evidence != Evidence() for evidence in elements):
        out.append("evidence")
    return out


def _pairs(cube: Matches) -> list[Json]:
    bits = (cube.yes | cube.no).bit_length()
    both = (
        (bit, "Y" if cube.yes >> bit & 1 else "N") for bit in range(bits) if (cube.yes | cube.no) >> bit & 1
    )
    return [[bit, sign] for bit, sign in both]


def _statements(dm: DecisionMaker, vocabulary: Vocabulary, left_out: list[str]) -> list[Json] | None:
    """Return the preference statements as conditions, or None when only a ranking can say them."""
    if dm.ranking:
        return None
    if dm.weights:
        left_out.append(f"weights of {dm.id} (the ranking they give is written instead)")
        return None
    out: list[Json] = []
    for place in dm.preferences:
        found = cubes(parse(place.statements[0], vocabulary)) if len(place.statements) == 1 else None
        if not found or Matches(0, 0) in found:
            told = ", ".join(place.statements)
            left_out.append(f"the place “{told}” of {dm.id} (the ranking it gives is written instead)")
            return None
        several = {"compound": True, "members": [_pairs(cube) for cube in found]}
        out.append(_pairs(found[0]) if len(found) == 1 else several)
    return out


def _ranking(conflict: Conflict, dm: DecisionMaker, space: StateSpace) -> list[int | list[int]]:
    order = tiers(ranks(conflict, dm, space))
    return [tied[0] + 1 if len(tied) == 1 else [state + 1 for state in tied] for tied in order]


def _unseen(seen: Perception, vocabulary: Vocabulary) -> list[list[Json]]:
    found = [cubes(parse(text, vocabulary)) or () for text in seen.unseen]
    return [_pairs(cube) for part in found for cube in part]
