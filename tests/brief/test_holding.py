"""The table of outcomes names what is done, and leaves out what holds under weak concepts only."""

from __future__ import annotations

from jirga.brief.change import change_lines, wanted_levers
from jirga.brief.holding import columns, holding, table, told
from jirga.brief.outcomes import outcomes
from jirga.conflict.load import loads
from jirga.record.build import build_record
from jirga.stability.analysis import Analysis, analyse

BARGAIN = """
conflict: mill
status_quo: NNN
decision_makers:
  Veldland:
    options: {dam: Open the dam}
    preferences: [dam iff mill, mill]
  Ostmark:
    options: {mill: Hand over the mill, raid: Raid the quay}
    preferences: [mill iff dam, dam, not raid]
"""


def _found(text: str = BARGAIN) -> Analysis:
    return analyse(loads(text))


def test_an_outcome_is_named_by_what_is_done_in_it() -> None:
    rows, _ = table(_found(), None)
    assert rows[0].name == "Status quo"
    (bargain,) = [row for row in rows if row.name == "A B"]
    assert bargain.cells == (True, True, False)
    assert "Nash" in bargain.holds
    assert bargain.title.startswith("Outcome 4 of the model: Veldland: A “Open the dam”")


def test_what_holds_is_told_in_words() -> None:
    (line,) = [line for line in told(_found()) if line.lead == "A B:"]
    assert line.text == (
        "Veldland: A “Open the dam”; Ostmark: B “Hand over the mill”. "
        "Nobody has a move of its own to something that it prefers."
    )
    assert line.mark == "computed"


def test_what_holds_under_weak_concepts_only_is_left_out_and_counted() -> None:
    found = _found()
    rows, note = table(found, None)
    shown = [row for row in rows if not row.status_quo]
    assert all("Nash" in row.holds or "SEQ" in row.holds for row in shown)
    weak = [
        s for s in range(found.space.m)
        if set(holding(found, s)) and not {"Nash", "SEQ"} & set(holding(found, s)) and s + 1 != found.status_quo
    ]  # fmt: skip
    assert weak
    count = "1 more holds" if len(weak) == 1 else f"{len(weak)} more hold"
    assert f"{count} under GMR or SMR only" in note
    assert len(columns(found)) == 3


def test_the_counts_say_which_concepts_hold_much() -> None:
    (_, counts) = outcomes(_found(), "").lines
    assert "8 outcomes are possible" in counts.text
    assert counts.text.index("under Nash") < counts.text.index("under SEQ") < counts.text.index("under GMR")
    assert "whatever it costs them" in counts.text


def test_the_same_is_said_once_for_several_outcomes() -> None:
    found = _found()
    assert wanted_levers(found, build_record([])) == ()
    from jirga.stability.levers import levers

    calm = ", and no threat is carried out"
    tried = tuple(
        (f"{who} chooses {tag}{calm}", levers(found.conflict, "Veldland.dam and Ostmark.mill", concepts=("SEQ", "GMR")))
        for who, tag in (("Veldland", "A"), ("Ostmark", "B"))
    )  # fmt: skip
    (way,) = change_lines(found, tried).levers
    assert way.wanted == f"Veldland chooses A; Ostmark chooses B (each of these{calm})"
    assert way.lines[0].text.startswith("Nothing has to change")


def test_the_drawing_of_the_page_names_outcomes_as_the_table_does() -> None:
    drawn = str(outcomes(_found(), "").drawing)
    assert ">A B</text>" in drawn
    assert ">Status quo</text>" in drawn
    assert ">4</text>" not in drawn
