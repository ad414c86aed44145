"""One side where a record holds two parties of the same name.

A reader meets "Karst" the state and "Karst" where it once looked like a person as one name; two decision makers, or one of
them left out with what it demands, would be wrong either way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jirga.record.types import Position, Record, Threat

__all__ = ["one_of_each_name"]


def one_of_each_name(record: Record) -> Record:
    """Return the record with parties of one name made one: the one that acts most.

    Parameters
    ----------
    record : Record

    Returns
    -------
    Record
        The same one where no name is twice.
    """
    first: dict[str, str] = {}
    other: dict[str, str] = {}
    rank = {"party": 0, "mediator": 1}
    for party in sorted(record.parties, key=lambda p: (rank.get(p.role, 2), -p.statements, p.id)):
        name = " ".join(party.name.casefold().split())
        if name in first:
            other[party.id] = first[name]
        else:
            first[name] = party.id
    if not other:
        return record
    of_party = {actor: other.get(party, party) for actor, party in record.of_party.items()} | other
    return replace(
        record,
        parties=tuple(p for p in record.parties if p.id not in other),
        positions=tuple(_position(p, other) for p in record.positions),
        threats=tuple(_threat(t, other) for t in record.threats),
        commitments=tuple(
            replace(c, by=tuple(dict.fromkeys(other.get(p, p) for p in c.by))) for c in record.commitments
        ),
        of_party=of_party,
    )


def _position(position: Position, other: Mapping[str, str]) -> Position:
    whom = position.addressee
    return replace(
        position,
        demander=other.get(position.demander, position.demander),
        addressee=other.get(whom, whom) if whom else whom,
        answers=tuple(replace(a, by=other.get(a.by, a.by) if a.by else a.by) for a in position.answers),
    )


def _threat(threat: Threat, other: Mapping[str, str]) -> Threat:
    by, whom = other.get(threat.by, threat.by), threat.against
    whom = other.get(whom, whom) if whom else whom
    return replace(threat, by=by, against=None if whom == by else whom)
