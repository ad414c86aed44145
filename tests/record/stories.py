"""Invented reports of an invented conflict: Veldland and Ostmark quarrel over a dam and raids across the river."""

from __future__ import annotations

from tests.record.fixtures import Told, day

from jirga.reading.types import EventType, Modality

E = EventType


def courier() -> Told:
    """The first outlet: claims kept as claims."""
    told = Told(
        "courier",
        "Talks in Lomme between Veldland and Ostmark broke up with no result. "
        "On May 3 Veldlandic gunboats shelled river posts near Karst. "
        "The Blue Front said it had killed 37 Veldlandic marines and sunk 6 barges. "
        "A truce took hold on May 9 after Sudmere mediated. "
        "Veldland wants a signed pledge that Ostmark will expel the River Guard. "
        "Harth also asked Ostmark to accept its right to pursue raiders across the river. "
        "Ostmark for its part demanded that Veldland close the dam sluices at Karst. "
        "Neither demand was met, people in the room said. "
        "The Blue Front would never accept a right of Veldland to pursue raiders. "
        "Veldland at first agreed to shut the sluices, but after a recess it reversed itself on the sluices. "
        "Minister Orla Brandt said a blockade of Ostmark ports was an option if the talks failed. "
        "Without a pledge Veldland will go on hunting raiders on both banks, its team said. "
        "There was no coordination in the Veldlandic team.",
    )
    t = told.tell
    t(
        "Talks in Lomme between Veldland and Ostmark broke up with no result",
        E.REJECT,
        "Veldland+Ostmark",
        mode="meet",
        where="Lomme",
    )
    t(
        "Veldlandic gunboats shelled river posts near Karst",
        E.ASSAULT,
        "Veldland",
        "Ostmark",
        mode="heavy-weapons",
        when=day(3),
        where="Karst",
    )
    t(
        "it had killed 37 Veldlandic marines",
        E.ASSAULT,
        "Blue Front",
        "Veldland",
        source="Blue Front",
        counts=((37, "marine", "killed"),),
    )
    t(
        "sunk 6 barges",
        E.ASSAULT,
        "Blue Front",
        "Veldland",
        source="Blue Front",
        counts=((6, "barge", "destroyed"),),
    )
    t("A truce took hold on May 9", E.RETREAT, "Veldland+Ostmark", mode="ceasefire", when=day(9))
    t("Sudmere mediated", E.CONSULT, "Sudmere", "Veldland+Ostmark", mode="mediate")
    t(
        "Veldland wants a signed pledge that Ostmark will expel the River Guard",
        E.REQUEST,
        "Veldland",
        "Ostmark",
        content="a signed pledge that Ostmark will expel the River Guard",
    )
    t(
        "Harth also asked Ostmark to accept its right to pursue raiders across the river",
        E.REQUEST,
        "Harth",
        "Ostmark",
        content="its right to pursue raiders across the river",
    )
    t(
        "Ostmark for its part demanded that Veldland close the dam sluices at Karst",
        E.REQUEST,
        "Ostmark",
        "Veldland",
        content="close the dam sluices at Karst",
    )
    t("Neither demand was met", E.REJECT, source="anonymous")
    t(
        "The Blue Front would never accept a right of Veldland to pursue raiders",
        E.REJECT,
        "Blue Front",
        "Veldland",
        content="a right of Veldland to pursue raiders",
    )
    t("Veldland at first agreed to shut the sluices", E.AGREE, "Veldland", content="shut the sluices")
    t("it reversed itself on the sluices", E.REJECT, "Veldland", content="the sluices")
    t(
        "a blockade of Ostmark ports was an option if the talks failed",
        E.THREATEN,
        "Veldland",
        "Ostmark",
        content="a blockade of Ostmark ports",
        condition="the talks failed",
        source="Minister Orla Brandt",
        modality=Modality.CONDITIONAL,
    )
    t(
        "Without a pledge Veldland will go on hunting raiders on both banks",
        E.THREATEN,
        "Veldland",
        content="hunting raiders on both banks",
        condition="Without a pledge",
        modality=Modality.CONDITIONAL,
    )
    return told  # fmt: skip


def herald() -> Told:
    """The second outlet: the same story, claims told as facts, other details."""
    told = Told(
        "herald",
        "Veldland and Ostmark ended their Lomme talks without a result, sources told the Herald. "
        "Gunboats of Veldland reportedly shelled posts in Ostmark on May 3. "
        "In answer the Blue Front killed 37 marines and destroyed 6 barges. "
        "Ostmark and Veldland agreed to a truce on May 9. "
        "Veldland wanted a signed pledge on the River Guard, sources said. "
        "Ostmark had a demand too: Veldland should shut the Karst sluices. "
        "That was turned down as well, sources said. "
        "Without a pledge Veldland will keep hunting raiders on either bank, sources said. "
        "A rift between the Hill Wing and the Coast Wing of the Blue Front was plain to see. "
        "Envoys of Sudmere are still trying to mediate.",
        published=21,
    )
    t = told.tell
    t(
        "Veldland and Ostmark ended their Lomme talks without a result",
        E.REJECT,
        "Veldland+Ostmark",
        mode="meet",
        where="Lomme",
        source="anonymous",
    )
    t(
        "Gunboats of Veldland reportedly shelled posts in Ostmark",
        E.ASSAULT,
        "Veldland",
        "Ostmark",
        mode="heavy-weapons",
        when=day(3),
        where="Ostmark",
        hedges=("reportedly",),
    )
    t(
        "the Blue Front killed 37 marines",
        E.ASSAULT,
        "Blue Front",
        "Veldland",
        counts=((37, "marine", "killed"),),
    )
    t("destroyed 6 barges", E.ASSAULT, "Blue Front", "Veldland", counts=((6, "barge", "destroyed"),))
    t(
        "Ostmark and Veldland agreed to a truce on May 9",
        E.AGREE,
        "Ostmark+Veldland",
        mode="ceasefire",
        when=day(9),
    )
    t(
        "Veldland wanted a signed pledge on the River Guard",
        E.REQUEST,
        "Veldland",
        content="a signed pledge on the River Guard",
        source="anonymous",
    )
    t(
        "Veldland should shut the Karst sluices",
        E.REQUEST,
        "Ostmark",
        "Veldland",
        content="shut the Karst sluices",
    )
    t("That was turned down as well", E.REJECT, source="anonymous")
    t(
        "Without a pledge Veldland will keep hunting raiders on either bank",
        E.THREATEN,
        "Veldland",
        "Ostmark",
        content="hunting raiders on either bank",
        condition="Without a pledge",
        source="anonymous",
        modality=Modality.CONDITIONAL,
    )
    t("Envoys of Sudmere are still trying to mediate", E.CONSULT, "Sudmere", mode="mediate")
    return told  # fmt: skip
