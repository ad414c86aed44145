"""Countries told of by a side of the compass: "the North", "the South", "the West"."""

from __future__ import annotations

from spacy.tokens import Doc

from jirga.reading.actors.found import Found
from jirga.reading.actors.scene import Scene
from jirga.reading.columns import columns

__all__ = ["sides_of_compass"]


def sides_of_compass(doc: Doc, scene: Scene) -> list[Found]:
    """Return "the North", "the South" where one country is meant that the report names in full."""
    out: list[Found] = []
    sides = {*scene.compass, "west"}
    for token in [doc[i] for i, word in enumerate(columns(doc).lower) if word in sides]:
        if token.text == "West" and token.i and doc[token.i - 1].lower_ == "the" and token.pos_ != "ADJ":
            if (
                token.i + 1 >= len(doc)
                or not doc[token.i + 1].text[0].isalpha()
                or (doc[token.i + 1].text[0].islower() and doc[token.i + 1].pos_ != "NOUN")
            ):
                out.append(
                    Found(
                        token.idx,
                        token.idx + 4,
                        token.i,
                        token.i + 1,
                        token.i,
                        "actor:west",
                        "the West",
                        "unknown",
                    )
                )
            continue
        ids = scene.compass.get(token.lower_, set()) if token.is_title else set()
        if len(ids) != 1 or not token.i or doc[token.i - 1].lower_ != "the":
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if after is not None and (after.pos_ == "PROPN" or after.lower_ == "of" or after.text == "-"):
            continue
        entry = scene.gazetteer.entries[next(iter(ids))]
        out.append(
            Found(
                token.idx,
                token.idx + len(token),
                token.i,
                token.i + 1,
                token.i,
                entry.id,
                entry.name,
                "country",
            )
        )
    return out
