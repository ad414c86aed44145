"""A conflict as the nested mappings and lists of its file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

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

__all__ = ["to_nodes"]

Yaml: TypeAlias = Any  # a mapping, a list or a scalar of ruamel.yaml, which has no types of its own
INSIDE = " _-().;/’'+="  # signs that mean nothing to YAML inside a text
SIGN = {1: "+", 0: "0", -1: "-"}


def _quoted(node: Yaml) -> Yaml:
    """Put quotes around every text that some reader of YAML might not take back as it is."""
    if isinstance(node, CommentedMap):
        pairs = [(_quoted(key), _quoted(value)) for key, value in node.items()]
        node.clear()
        node.update(pairs)
    elif isinstance(node, CommentedSeq):
        for place, item in enumerate(node):
            node[place] = _quoted(item)
    elif isinstance(node, str) and not _plain(node):
        return SingleQuotedScalarString(node) if node.isprintable() else DoubleQuotedScalarString(node)
    return node


def _plain(text: str) -> bool:
    first = text[:1].isalnum() or text[:1] == "(" or text[:2] in ("-Y", "-N")
    return first and all(sign.isalnum() or sign in INSIDE for sign in text) and "  " not in text


def to_nodes(conflict: Conflict) -> CommentedMap:
    """Return a conflict as ruamel.yaml's nodes, in the order of the documentation."""
    out = CommentedMap()
    out["conflict"] = conflict.name
    if conflict.status_quo is not None:
        out["status_quo"] = _with_evidence("state", conflict.status_quo, conflict.status_quo_evidence)
    if conflict.states:
        out["states"] = _flow(conflict.states)
    out["decision_makers"] = CommentedMap((dm.id, _maker(dm)) for dm in conflict.decision_makers)
    if conflict.moves:
        out["moves"] = CommentedMap(
            (dm, CommentedMap((start, _flow(ends)) for start, ends in rows.items()))
            for dm, rows in conflict.moves.items()
        )
    if conflict.infeasible:
        out["infeasible"] = CommentedSeq(_rule(rule) for rule in conflict.infeasible)
    if conflict.evidence != Evidence():
        out["evidence"] = _evidence(conflict.evidence)
    if conflict.notes:
        out["notes"] = CommentedSeq(conflict.notes)
    _quoted(out)
    return out


def _flow(values: Sequence[Yaml]) -> CommentedSeq:
    out = CommentedSeq(values)
    out.fa.set_flow_style()
    return out


def _evidence(evidence: Evidence) -> Yaml:
    if not evidence.reason:
        return _flow(evidence.statements)
    out = CommentedMap()
    if evidence.statements:
        out["statements"] = _flow(evidence.statements)
    out["reason"] = evidence.reason
    return out


def _with_evidence(key: str, value: Yaml, evidence: Evidence) -> Yaml:
    """Return the value itself, or a mapping of it and its evidence."""
    if evidence == Evidence():
        return value
    return CommentedMap(((key, value), ("evidence", _evidence(evidence))))


def _option(option: Option) -> Yaml:
    if option.direction is Direction.BOTH and option.evidence == Evidence():
        return option.label
    out = CommentedMap(label=option.label)
    if option.direction is not Direction.BOTH:
        out["direction"] = option.direction.value
    if option.evidence != Evidence():
        out["evidence"] = _evidence(option.evidence)
    else:
        out.fa.set_flow_style()
    return out


def _preference(place: Preference) -> Yaml:
    several = len(place.statements) != 1
    value = _flow(place.statements) if several else place.statements[0]
    return _with_evidence("statements" if several else "statement", value, place.evidence)


def _rule(rule: Rule) -> Yaml:
    if rule.kind not in ("statement", "pattern"):
        out = CommentedMap(((rule.kind, _flow(rule.terms)),))
        if rule.evidence != Evidence():
            out["evidence"] = _evidence(rule.evidence)
        return out
    return _with_evidence(rule.kind, rule.terms[0], rule.evidence)


def _state(text: str) -> str | int:
    """Return a state's number as a number, so that it is written without quotes."""
    return int(text) if text.isascii() and text.isdecimal() and str(int(text)) == text else text


def _ranking(order: Sequence[Sequence[str]]) -> CommentedSeq:
    tiers = (_flow([_state(s) for s in tied]) if len(tied) > 1 else _state(tied[0]) for tied in order)
    return _flow(list(tiers))


def _maker(dm: DecisionMaker) -> CommentedMap:
    out = CommentedMap()
    if dm.label != dm.id:
        out["label"] = dm.label
    if dm.options:
        out["options"] = CommentedMap((option.id, _option(option)) for option in dm.options)
    if dm.preferences:
        out["preferences"] = CommentedSeq(_preference(place) for place in dm.preferences)
    if dm.ranking:
        out["ranking"] = _ranking(dm.ranking)
    if dm.weights:
        out["weights"] = CommentedMap(dm.weights)
    if dm.strength is not None:
        out["strength"] = dm.strength
    if dm.unknown:
        out["unknown"] = CommentedSeq(
            part if isinstance(part, str) else _flow([_state(s) for s in part]) for part in dm.unknown
        )
    for key, matrix in (("fuzzy", dm.fuzzy), ("probability", dm.probability)):
        if key in dm.samples:
            out[key] = CommentedMap(samples=CommentedSeq(_ranking(order) for order in dm.samples[key]))
        elif matrix is not None:
            out[key] = CommentedSeq(_flow(row) for row in matrix)
    if dm.gamma != 1.0:
        out["gamma"] = dm.gamma
    if dm.attitudes:
        out["attitudes"] = CommentedMap((name, SIGN[sign]) for name, sign in dm.attitudes.items())
    if dm.perceives is not None:
        out["perceives"] = _perception(dm.perceives)
    if dm.evidence != Evidence():
        out["evidence"] = _evidence(dm.evidence)
    return out


def _perception(seen: Perception) -> CommentedMap:
    out = CommentedMap()
    if seen.unseen:
        out["unseen"] = CommentedSeq(seen.unseen)
    if seen.preferences:
        out["preferences"] = CommentedMap(
            (name, CommentedSeq(_preference(place) for place in places))
            for name, places in seen.preferences.items()
        )
    if seen.rankings:
        out["rankings"] = CommentedMap((name, _ranking(order)) for name, order in seen.rankings.items())
    return out
