"""The analysis object, the model facade, and the state graph as a drawing."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from jirga.brief.stategraph import state_graph
from jirga.conflict.classics import classic, classic_names, classic_text
from jirga.conflict.load import loads
from jirga.errors import TooLargeError, UsageError
from jirga.stability.analysis import Model, analyse, default_concepts, load_model
from jirga.stability.game import Game
from jirga.stability.types import Unstable

SVG = "{http://www.w3.org/2000/svg}"


def test_the_json_has_the_keys_other_programs_rely_on() -> None:
    data = json.loads(json.dumps(analyse(classic("elmira")).to_json()))
    assert list(data)[:3] == ["conflict", "engine", "model_hash"]
    assert data["options"][0] == {
        "id": "modify",
        "dm": "MoE",
        "label": "Modify the control order",
        "direction": "to_yes",
    }
    assert data["states"][0] == {"n": 1, "code": 2, "yn": "NYNNN", "name": "delay"}
    assert data["status_quo"] == 1
    assert set(data["stability"]) == {"MoE", "Uniroyal", "Local Government"}
    assert list(data["stability"]["MoE"]) == ["Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM"]
    assert data["equilibria"]["Nash"] == [5, 6, 7, 10, 11, 12]


def test_graph_form_has_names_and_no_codes() -> None:
    data = analyse(classic("elmira-nine")).to_json()
    assert data["states"][0] == {"n": 1, "code": None, "yn": None, "name": "s1"}
    assert data["options"] == []
    assert "SIM" not in data["equilibria"]
    assert analyse(classic("prisoners-dilemma")).to_json()["status_quo"] is None


def test_the_hash_tells_models_apart_and_nothing_else() -> None:
    text = classic_text("chicken")
    first = analyse(loads(text)).model_hash
    assert analyse(loads("# another comment\n" + text)).model_hash == first
    assert (
        analyse(loads(text.replace("not Row.straight, Column", "Row.straight, Column"))).model_hash != first
    )


def test_states_are_found_by_any_of_their_names() -> None:
    found = analyse(classic("elmira"))
    assert found.find("accept and not insist") == (3, 4)
    assert found.find("NNYNN") == (3,)
    assert found.find("3") == (3,)
    assert found.name(10) == "modify, accept, insist"
    assert analyse(classic("syria-iraq-1975")).name(1) == "no option taken"


def test_reasons_and_walks_come_from_the_analysis() -> None:
    found = analyse(classic("elmira"))
    assert [type(verdict).__name__ for verdict in found.explain(1)] == ["Stable", "Stable", "Unstable"]
    last = found.explain(1, "Nash")[2]
    assert isinstance(last, Unstable)
    assert last.improvement == 6
    assert [state + 1 for state in found.evolve().ends()] == [7]
    assert found.evolve(9).start == 8
    with pytest.raises(UsageError, match="no status quo"):
        analyse(classic("chicken")).evolve()


def test_wrong_questions_are_told() -> None:
    found = analyse(classic("elmira"), ["Nash"])
    with pytest.raises(UsageError, match="no decision maker “MOE”"):
        found.stable("MOE", "Nash")
    with pytest.raises(UsageError, match="was not analysed"):
        found.stable("MoE", "SEQ")
    with pytest.raises(UsageError, match="not a concept"):
        analyse(classic("elmira"), ["Gnash"])


@pytest.mark.parametrize(
    ("who", "form"),
    [
        ("1,2", "coalition"),
        (["MoE", "Uniroyal"], "coalition"),
        ("all", "all coalitions"),
        ("[1,2],3", "partition"),
    ],
)
def test_decision_makers_may_move_together(who: str | list[str], form: str) -> None:
    found = analyse(classic("elmira"), coalition=who)
    assert found.together is not None
    assert found.together.form == form
    assert found.to_json()["together"]["form"] == form
    assert form in repr(found)


@pytest.mark.parametrize(
    ("who", "fragment"), [("1,9", "no decision maker “9”"), ("1", "two members or more"), ("x,1", "1 MoE")]
)
def test_a_wrong_coalition_is_told(who: str, fragment: str) -> None:
    with pytest.raises(UsageError, match=fragment):
        analyse(classic("elmira"), coalition=who)


def test_a_model_is_loaded_analysed_and_saved(tmp_path: Path) -> None:
    path = tmp_path / "e.yaml"
    path.write_text(classic_text("elmira"), encoding="utf-8")
    model = load_model(path)
    assert isinstance(model, Model)
    assert (
        repr(model) == "Model(Elmira groundwater contamination: MoE (1), Uniroyal (3), Local Government (1))"
    )
    assert "Modify the control order" in model._repr_html_()
    assert model.analyse(["Nash"]).equilibria["Nash"] == (5, 6, 7, 10, 11, 12)
    assert model.levers("accept", ["SEQ"]).holds["SEQ"] == (9,)
    model.save(path)
    assert path.read_text(encoding="utf-8") == classic_text("elmira")
    assert load_model(classic_text("chicken")).source == ""


def test_the_table_for_a_notebook_escapes_what_it_shows() -> None:
    found = analyse(loads("conflict: <b>X</b>\ndecision_makers: {A: {options: [<script>]}}\n"))
    shown = found._repr_html_()
    assert "<script>" not in shown
    assert "<b>X" not in shown
    assert "&lt;script&gt;" in shown


def test_a_large_model_shows_what_matters() -> None:
    names = ", ".join(f"o{bit}" for bit in range(12))
    text = f"conflict: L\nstatus_quo: {'N' * 12}\ndecision_makers: {{A: {{options: [{names}], preferences: [o3, not o4]}}}}\n"
    found = analyse(loads(text))
    assert found.space.m == 4096
    assert len(found.rows()) == 40
    assert len(repr(found).splitlines()[1]) < 300


def test_too_many_states_are_told_before_they_are_listed() -> None:
    names = ", ".join(f"o{bit}" for bit in range(50))
    with pytest.raises(TooLargeError, match="symbolic engine"):
        analyse(loads(f"conflict: L\ndecision_makers: {{A: {{options: [{names}], preferences: [o3]}}}}\n"))


@pytest.mark.parametrize("name", classic_names())
def test_every_classic_is_drawn(name: str) -> None:
    found = analyse(classic(name))
    drawn = state_graph(found)
    assert drawn is not None
    root = ET.fromstring(drawn)
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert found.conflict.name in (title.text or "")
    for concept, states in found.equilibria.items():
        assert f"{concept}: {', '.join(map(str, states)) or 'none'}." in (desc.text or "")
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    boxes = [group.find(f"{SVG}title") for group in root.iter(f"{SVG}g")]
    assert len([box for box in boxes if box is not None]) == found.space.m


def test_what_holds_is_told_by_shape_and_text_not_by_colour() -> None:
    found = analyse(classic("prisoners-dilemma"))
    root = ET.fromstring(str(state_graph(found)))
    groups = [g for g in root.iter(f"{SVG}g") if g.find(f"{SVG}title") is not None]
    frames = {str(g.findtext(f"{SVG}text")): len(g.findall(f"{SVG}rect")) for g in groups}
    assert frames == {"1": 2, "2": 1, "3": 1, "4": 2}
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert "holds: all" in texts
    assert "holds: GMR, SMR, SEQ…" in texts


def test_arrows_are_the_improvements() -> None:
    found = analyse(classic("elmira"))
    root = ET.fromstring(str(state_graph(found)))
    arrows = [path for path in root.iter(f"{SVG}path") if path.get("class") == "m"]
    gains = sum(len(found.game.improvements(dm, state)) for dm in range(3) for state in range(12))
    assert len(arrows) == gains


def test_a_large_model_is_drawn_around_its_status_quo() -> None:
    names = [f"o{bit}" for bit in range(10)]
    makers = ", ".join(
        f"D{i}: {{options: [{n}], preferences: [{n}, not {names[i - 1]}]}}" for i, n in enumerate(names)
    )
    found = analyse(loads(f"conflict: L\nstatus_quo: {'N' * 10}\ndecision_makers: {{{makers}}}\n"))
    root = ET.fromstring(str(state_graph(found)))
    assert "24 of 1,024 states" not in str(root.findtext(f"{SVG}title"))
    assert 2 <= len([g for g in root.iter(f"{SVG}g") if g.find(f"{SVG}title") is not None]) <= 24
    assert "of 1,024 states are drawn" in str(root.findtext(f"{SVG}desc"))
    assert "status quo ▾" in [text.text for text in root.iter(f"{SVG}text")]


def test_one_state_is_no_drawing() -> None:
    text = "conflict: X\ndecision_makers: {A: {options: [a]}}\ninfeasible: [a]\n"
    assert state_graph(analyse(loads(text))) is None


def test_hostile_names_are_shown_and_never_obeyed() -> None:
    """Names and labels reach a notebook as text: in the tables and in the drawing."""
    text = (
        'conflict: "<b>X</b> & co"\n'
        "decision_makers:\n"
        '  "A <script>alert(1)</script>":\n'
        '    options: {"<img src=x>": "say \\"no\\": \u201ejetzt\u201c & <i>go</i>"}\n'
        "    preferences: ['\"<img src=x>\"']\n"
    )
    model = Model(loads(text))
    found = model.analyse()
    listed = model.analyse(engine="symbolic")
    drawn = found.svg()
    assert drawn is not None
    ET.fromstring(drawn)
    for shown in (model._repr_html_(), found._repr_html_(), listed._repr_html_(), drawn):
        assert not any(tag in shown for tag in ("<script", "<img", "<i>", "<b>"))
    assert "&lt;img src=x&gt;" in found._repr_html_()


def test_a_state_with_spaces_in_its_name_is_found_by_it() -> None:
    text = (
        'conflict: G\nstates: [my state, "2", "YN: x"]\nmoves: {A: {"2": [my state]}}\n'
        'decision_makers: {A: {ranking: ["YN: x", my state, "2"]}}\n'
    )
    found = analyse(loads(text))
    assert [found.find(name) for name in ("my state", "2", "YN: x", "3")] == [(1,), (2,), (3,), (3,)]


def test_sim_is_left_out_unasked_where_one_side_has_very_many_moves() -> None:
    def concepts(options: int) -> tuple[str, ...]:
        codes = np.arange(1 << options, dtype=np.uint64)
        return default_concepts(Game(("A",), (codes.astype(np.int32),), codes, ((1 << options) - 1,)))

    assert "SIM" in concepts(10)
    assert "SIM" not in concepts(12)
