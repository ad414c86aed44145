"""GraphML and GEXF of the actors: who did what to whom, and how often.

Nodes are parties, with their Wikidata id where it is known; an edge stands for the events of one type from an actor to a
recipient, and its weight is how many there are.
"""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

from jirga.reading.wikidata import wikidata_id
from jirga.record.export.common import View

__all__ = ["to_gexf", "to_graphml"]

Edges = list[tuple[str, str, str, int]]
_XML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"


def to_graphml(view: View) -> bytes:
    """Return the graph as GraphML."""
    nodes, edges = _graph(view)
    root = ET.Element("graphml", xmlns=_XML)
    for name, side, kind in (
        ("label", "node", "string"), ("kind", "node", "string"), ("role", "node", "string"),
        ("statements", "node", "int"), ("wikidata", "node", "string"), ("type", "edge", "string"),
        ("weight", "edge", "int"),
    ):  # fmt: skip
        attributes = {"id": name, "for": side, "attr.name": name, "attr.type": kind}
        ET.SubElement(root, "key", attributes)
    graph = ET.SubElement(root, "graph", id="actors", edgedefault="directed")
    for ident, values in nodes.items():
        _data(ET.SubElement(graph, "node", id=_clean(ident)), values)
    for number, (a, b, kind, weight) in enumerate(edges):
        edge = ET.SubElement(graph, "edge", id=f"e{number}", source=_clean(a), target=_clean(b))
        _data(edge, {"type": kind, "weight": str(weight)})
    return _bytes(root)


def to_gexf(view: View) -> bytes:
    """Return the graph as GEXF 1.3."""
    nodes, edges = _graph(view)
    root = ET.Element("gexf", xmlns=_GEXF, version="1.3")
    graph = ET.SubElement(root, "graph", defaultedgetype="directed")
    several = ET.SubElement(graph, "attributes", {"class": "node"})
    for name, kind in (
        ("kind", "string"),
        ("role", "string"),
        ("statements", "integer"),
        ("wikidata", "string"),
    ):
        ET.SubElement(several, "attribute", id=name, title=name, type=kind)
    several = ET.SubElement(graph, "attributes", {"class": "edge"})
    ET.SubElement(several, "attribute", id="type", title="type", type="string")
    held = ET.SubElement(graph, "nodes")
    for ident, values in nodes.items():
        node = ET.SubElement(held, "node", id=_clean(ident), label=_clean(values["label"]))
        _values(node, {key: told for key, told in values.items() if key != "label"})
    held = ET.SubElement(graph, "edges")
    for number, (a, b, kind, weight) in enumerate(edges):
        ends = {"id": f"e{number}", "source": _clean(a), "target": _clean(b), "weight": str(weight)}
        _values(ET.SubElement(held, "edge", ends), {"type": kind})
    return _bytes(root)


def _graph(view: View) -> tuple[dict[str, dict[str, str]], Edges]:
    record, names = view.record, view.names
    known = {party.id: party for party in record.parties}
    counted: Counter[tuple[str, str, str]] = Counter()
    for event in record.events:
        counted.update((a, b, str(event.type)) for a in event.actors for b in event.recipients)
    ids = dict.fromkeys([*known, *(end for a, b, _ in sorted(counted) for end in (a, b))])
    nodes = {}
    for ident in ids:
        party = known.get(ident)
        nodes[ident] = {
            "label": names.get(ident, ident),
            "kind": party.kind if party else "unknown",
            "role": party.role if party else "outside",
            "statements": str(party.statements if party else 0),
        }
        known_as = wikidata_id(ident)
        if known_as:
            nodes[ident]["wikidata"] = known_as
    return nodes, [(*ends, weight) for ends, weight in sorted(counted.items())]


def _data(parent: ET.Element, values: dict[str, str]) -> None:
    for key, value in values.items():
        ET.SubElement(parent, "data", key=key).text = _clean(value)


def _values(parent: ET.Element, values: dict[str, str]) -> None:
    held = ET.SubElement(parent, "attvalues")
    for key, value in values.items():
        ET.SubElement(held, "attvalue", {"for": key, "value": _clean(value)})


def _clean(text: str) -> str:
    """Drop what XML 1.0 cannot hold: control characters, halves of surrogate pairs, U+FFFE and U+FFFF."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
