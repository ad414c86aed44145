"""Conflict files in: what they may say, and every mistake at its line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jirga.conflict.load import load, loads
from jirga.conflict.types import Direction, Evidence, Perception, Preference, Rule
from jirga.errors import ConflictError

GOOD = """\
conflict: Elmira groundwater      # the issue's own example
status_quo: NYNNN
decision_makers:
  MoE:
    label: Ministry of the Environment
    options:
      modify: {label: Modify the control order, direction: to_yes, evidence: [s1, s2]}
    preferences:
      - accept
      - statement: not abandon
        evidence: {statements: [s3], reason: It said so.}
      - [modify if insist, delay iff not insist]
    evidence: {reason: The ministry answers to the public.}
  Uniroyal:
    options: {delay: Delay, accept: Accept, abandon: Abandon}
    ranking: [[NYNNN, 2], 3, 4, [NNNYN, YNNYN], 7, 8, 9, 10, 11, 12]
    strength: 2
    attitudes: {MoE: "-", Uniroyal: +, Local Government: 0}
  Local Government:
    options: [insist]
    weights: {insist: 2.5, not abandon: 4}
    perceives:
      unseen: [abandon and modify]
      preferences: {MoE: [accept, not modify]}
infeasible:
  - delay and accept
  - {at_most_one: [accept, abandon], evidence: [s9]}
  - -NNN-
  - statement: delay and abandon
notes: [The order of the statements is a guess.]
"""


def test_a_full_file_is_read() -> None:
    conflict = loads(GOOD)
    moe, uniroyal, local = conflict.decision_makers
    assert conflict.name == "Elmira groundwater"
    assert conflict.status_quo == "NYNNN"
    assert moe.label == "Ministry of the Environment"
    assert moe.options[0].direction is Direction.TO_YES
    assert moe.options[0].evidence == Evidence(("s1", "s2"))
    assert not moe.options[0].evidence.assumption
    assert moe.preferences[1] == Preference(("not abandon",), Evidence(("s3",), "It said so."))
    assert moe.preferences[2].statements == ("modify if insist", "delay iff not insist")
    assert moe.evidence.assumption
    assert uniroyal.ranking[0] == ("NYNNN", "2")
    assert uniroyal.strength == 2
    assert uniroyal.attitudes == {"MoE": -1, "Uniroyal": 1, "Local Government": 0}
    assert local.options[0].label == "insist"
    assert local.weights == {"insist": 2.5, "not abandon": 4.0}
    assert local.perceives == Perception(
        ("abandon and modify",), {"MoE": (Preference(("accept",)), Preference(("not modify",)))}
    )
    assert conflict.infeasible[1] == Rule("at_most_one", ("accept", "abandon"), Evidence(("s9",)))
    assert [rule.kind for rule in conflict.infeasible] == ["statement", "at_most_one", "pattern", "statement"]
    assert conflict.notes == ("The order of the statements is a guess.",)


GRAPH = """\
conflict: Three states
status_quo: war
states: [war, truce, peace]
decision_makers:
  A: {ranking: [peace, truce, war]}
  B: {ranking: ["truce > war", "peace = truce"]}
moves:
  A: {war: [truce], truce: [war, peace]}
  B: {peace: war}
"""


def test_graph_form_is_read() -> None:
    conflict = loads(GRAPH)
    assert conflict.states == ("war", "truce", "peace")
    assert conflict.moves == {"A": {"war": ("truce",), "truce": ("war", "peace")}, "B": {"peace": ("war",)}}
    assert conflict.decision_makers[1].ranking == (("truce", "peace"), ("war",))


def option_form(extra: str, options: str = "[one, two]") -> str:
    return f"conflict: X\ndecision_makers:\n  A:\n    options: {options}\n{extra}"


def of_a(line: str) -> str:
    return option_form(f"    {line}\n  B: {{options: [three]}}\n")


def graph(ranking: str) -> str:
    return f"conflict: X\nstates: [a, b, c]\ndecision_makers:\n  A:\n    ranking: {ranking}\nmoves: {{}}\n"


MATRIX = "[[0.5, 1, 1, 1], [0, 0.5, 1, 1], [0, 0, 0.5, 1], [0, 0, 0, 0.5]]"

# (what, text, where each problem stands, what each says)
BAD: list[tuple[str, str, list[tuple[int | None, str]]]] = [
    ("unknown option", option_form("infeasible: [one and tow]"), [(5, "Did you mean “two”")]),
    ("statement position", option_form("infeasible:\n  - one and (two"), [(6, "at character 9")]),
    ("missing state", option_form("    ranking: [NN, YN, NY]"), [(5, "misses YY")]),
    (
        "repeated state",
        option_form("    ranking: [NN, YN, NY, NN, YY]"),
        [(5, "NN twice (a cycle: NN > YN > NY > NN)")],
    ),
    ("tie repeats", option_form("    ranking: [[NN, 1], YN, NY, YY]"), [(5, "twice")]),
    ("no such number", option_form("    ranking: [1, 2, 3, 5]"), [(5, "misses YY"), (5, "numbered 1 to 4")]),
    (
        "infeasible ranked",
        option_form("    ranking: [NN, YN, NY, YY]\ninfeasible: [YY]"),
        [(5, "YY is not feasible")],
    ),
    (
        "impossible status quo",
        option_form("status_quo: YY\ninfeasible: [one and two]"),
        [(5, "“one and two” forbids it")],
    ),
    (
        "set forbids status quo",
        option_form("status_quo: NN\ninfeasible: [{exactly_one: [one, two]}]"),
        [(5, "forbids")],
    ),
    ("short status quo", option_form("status_quo: Y"), [(5, "each of the 2 options")]),
    ("status quo mapping", option_form("status_quo: {one: maybe}"), [(5, "yes or no, not “maybe”")]),
    ("status quo of nobody", option_form("status_quo: {onne: yes}"), [(5, "Did you mean “one”")]),
    (
        "nothing is left",
        option_form("infeasible:\n  - {exactly_one: [one, two]}\n  - NY\n  - YN"),
        [(6, "leave no state")],
    ),
    ("directions", option_form("", "{one: {direction: [to_yes, to_no]}}"), [(4, "contradict one another")]),
    ("unknown direction", option_form("", "{one: {direction: too_yes}}"), [(4, "Did you mean “to_yes”")]),
    ("twice one option", option_form("", "[one, one]"), [(4, "twice")]),
    (
        "a repeated key",
        "conflict: X\nconflict: Y\n" + option_form("")[12:],
        [(2, "stands twice here (first in line 1)")],
    ),
    ("cycle", graph("[a > b, b > c, c > a]"), [(5, "circle: a > b > c > a")]),
    ("cycle by repetition", graph("[a, b, c, a]"), [(5, "a twice (a cycle: a > b > c > a)")]),
    ("not compared", graph("[a > b, a > c]"), [(5, "which of b and c is better")]),
    ("tie inside a circle", graph("[a > b, b = a, b > c]"), [(5, "circle: a > b > a")]),
    (
        "NaN",
        option_form(f"    fuzzy: {MATRIX.replace('0.5, 1, 1, 1', '.nan, 1, 1, 1')}"),
        [(5, "finite number, not “.nan”")],
    ),
    ("infinite", option_form("    gamma: .inf"), [(5, "finite number")]),
    ("shape", option_form("    fuzzy: [[0.5, 0.5], [0.5, 0.5]]"), [(5, "must be 4 x 4")]),
    (
        "ragged",
        option_form(f"    fuzzy: {MATRIX.replace('[0, 0.5, 1, 1]', '[0, 0.5, 1]')}"),
        [(5, "a row of 3")],
    ),
    (
        "not reciprocal",
        option_form(f"    fuzzy: {MATRIX.replace('[0, 0, 0.5', '[0.3, 0, 0.5')}"),
        [(5, "add up to 1, but")],
    ),
    (
        "outside 0..1",
        option_form(f"    fuzzy: {MATRIX.replace('0.5, 1, 1, 1', '0.5, 1, 1, 2')}"),
        [(5, "between 0 and 1, not 2")],
    ),
    ("probability", option_form(f"    probability: {MATRIX}"), [(5, "the diagonal is 0")]),
    ("gamma", option_form("    gamma: 0"), [(5, "above 0")]),
    ("strength", option_form("    strength: -1"), [(5, "whole number, 1 or more")]),
    ("attitude", of_a("attitudes: {B: angry}"), [(5, "not “angry”")]),
    ("attitude to nobody", of_a("attitudes: {C: 0}"), [(5, "knows no “C”")]),
    ("own perception", of_a("perceives: {preferences: {A: [one]}}"), [(5, "cannot misperceive its own")]),
    ("perceived nobody", of_a("perceives: {rankings: {BB: [1]}}"), [(5, "no decision maker “BB”")]),
    ("unknown pair", option_form("    unknown: [[NN, NN]]"), [(5, "two different states")]),
    (
        "two ways at once",
        option_form("    weights: {one: 1}\n    ranking: [[1, 2, 3, 4]]"),
        [(6, "keep one of them")],
    ),
    ("a weight", option_form("    weights: {one: heavy}"), [(5, "finite number, not “heavy”")]),
    ("unknown key", option_form("    preference: [one]"), [(5, "Did you mean “preferences”")]),
    ("unknown key on top", option_form("infeasable: [one]"), [(5, "Did you mean “infeasible”")]),
    ("no name", "decision_makers: {A: {options: [one]}}", [(1, "“conflict: <name>” is missing")]),
    ("nobody", "conflict: X\n", [(1, "at least one decision maker")]),
    ("no options", "conflict: X\ndecision_makers: {A: {}}\n", [(2, "No decision maker has an option")]),
    (
        "two forms",
        graph("[a, b, c]").replace("    ranking", "    options: [one]\n    ranking"),
        [(5, "not both")],
    ),
    ("moves without states", option_form("moves: {A: {s: [t]}}"), [(5, "goes with “states”")]),
    ("a move to nowhere", graph("[a, b, c]").replace("{}", "{A: {a: [d]}}"), [(6, "no state “d”")]),
    ("a move to itself", graph("[a, b, c]").replace("{}", "{A: {a: [a]}}"), [(6, "to itself is none")]),
    ("a state twice", graph("[a, b, c]").replace("[a, b, c]\nd", "[a, b, c, a]\nd"), [(2, "listed twice")]),
    ("graph with rules", graph("[a, b, c]") + "infeasible: [a]\n", [(7, "leave an infeasible state out")]),
    (
        "two rules in one",
        option_form("infeasible: [{at_most_one: [one, two], exactly_one: [one, two]}]"),
        [(5, "exactly one of")],
    ),
    ("a set of one", option_form("infeasible: [{at_most_one: [one]}]"), [(5, "two options or more")]),
    ("an empty place", option_form("    preferences: [[]]"), [(5, "is empty")]),
    ("a text for a list", option_form("    preferences: one"), [(5, "must be a list")]),
    ("a list for a text", option_form("    label: [one]"), [(5, "must be a text")]),
    ("a tag", option_form("notes: [!!python/object/apply:os.system x]"), [(5, "tag")]),
    ("no YAML", "conflict: [X\n", [(2, "This is not YAML")]),
    ("a list on top", "- conflict\n", [(1, "not a list")]),
    ("two documents", "conflict: X\n---\nconflict: Y\n", [(2, "one document")]),
    ("an alias to nothing", "conflict: *x\n", [(1, "refers to nothing")]),
    ("a list as key", "? [a, b]\n: c\n", [(1, "A key is a plain text")]),
    ("empty", "\n\n", [(None, "The file is empty")]),
]


@pytest.mark.parametrize(("text", "problems"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_mistake_is_told_at_its_line(text: str, problems: list[tuple[int | None, str]]) -> None:
    with pytest.raises(ConflictError) as caught:
        loads(text, "file.yaml")
    found = caught.value.problems
    assert [problem.line for problem in found] == [line for line, _ in problems], str(caught.value)
    for problem, (_, fragment) in zip(found, problems, strict=True):
        assert fragment in problem.message
    assert str(caught.value).startswith("file.yaml")


def test_all_mistakes_are_told_at_once() -> None:
    text = """\
conflict: Six mistakes
status_quo: YYN
decision_makers:
  A:
    options: {one: {direction: sideways}, two: Two}
    preferences:
      - not (one
      - twoo
    strength: none
  B:
    options: [three]
    weights: {three: .nan}
    weight: {three: 1}
"""
    with pytest.raises(ConflictError) as caught:
        loads(text)
    assert [(p.line, p.column) for p in caught.value.problems] == [
        (5, 32), (7, 13), (8, 9), (9, 15), (12, 22), (13, 5),
    ]  # fmt: skip


def test_samples_of_rankings_become_a_matrix() -> None:
    text = option_form("    {key}: {{samples: [[NN, YN, NY, YY], [[YN, NN], NY, YY]]}}\n")
    fuzzy = loads(text.format(key="fuzzy")).decision_makers[0].fuzzy
    assert fuzzy is not None
    assert fuzzy[0] == (0.5, 0.75, 1.0, 1.0)
    probability = loads(text.format(key="probability")).decision_makers[0].probability
    assert probability is not None
    assert probability[0] == (0.0, 0.5, 1.0, 1.0)
    assert probability[1][0] == 0.0


def test_the_status_quo_may_be_a_mapping_or_a_number() -> None:
    assert loads(option_form("status_quo: {two: yes, one: no}")).status_quo == "NY"
    assert loads(option_form("status_quo: 2")).status_quo == "YN"
    full = loads(option_form("status_quo: {state: NY, evidence: {reason: All say so.}}"))
    assert (full.status_quo, full.status_quo_evidence.reason) == ("NY", "All say so.")


def test_aliases_that_repeat_a_little_are_fine() -> None:
    conflict = loads(
        option_form("    preferences: &p [one, two]\n  B: {options: [three], preferences: *p}\n")
    )
    assert conflict.decision_makers[1].preferences == conflict.decision_makers[0].preferences


BOMBS = {
    "aliases": "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    + "\n".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)),
    "itself": "conflict: &x [*x]",
    "depth": "[" * 100_000,
    "maps": "{" * 100_000,
    "dashes": "- " * 50_000,
    "size": "conflict: " + "x" * 5_000_000,
    "zero": "conflict: \x00",
    "keys": "\n".join(["conflict: X"] * 2_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_hostile_text_is_refused_quickly(name: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(ConflictError) as caught:
        loads(BOMBS[name])
    assert time.perf_counter() - begin < 5
    assert len(str(caught.value)) < 400_000


def test_too_many_states_for_a_ranking_are_told(tmp_path: Path) -> None:
    names = ", ".join(f"o{bit}" for bit in range(40))
    with pytest.raises(ConflictError, match="needs the states one by one"):
        loads(f"conflict: X\ndecision_makers:\n  A:\n    options: [{names}]\n    ranking: [1, 2]\n")


def test_a_huge_model_without_ranking_is_read() -> None:
    names = ", ".join(f"o{bit}" for bit in range(100))
    conflict = loads(f"conflict: X\ndecision_makers: {{A: {{options: [{names}], preferences: [o1]}}}}\n")
    assert len(conflict.options) == 100


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("conflict: Größe\n".encode("latin-1"))
    for path, fragment in [
        (tmp_path / "none.yaml", "no such file"),
        (tmp_path, "folder"),
        (latin, "not UTF-8"),
    ]:
        with pytest.raises(ConflictError, match=fragment):
            load(path)


def test_a_file_a_path_and_a_text_are_the_same(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("\ufeff" + GOOD, encoding="utf-8")
    assert load(path) == load(str(path)) == load(GOOD)


def read_or_refused(text: str) -> bool:
    """Tell whether the text is read, or refused with at least one problem."""
    try:
        loads(text)
    except ConflictError as error:
        return bool(error.problems)
    return True


@settings(deadline=None)
@given(st.text(alphabet="abAN:Y-[]{},&*!|>\"'#%@ \n\t?", max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert read_or_refused("conflict: X\ndecision_makers: {A: {options: [a, b]}}\n" + text)


@settings(deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(GOOD)))
    length = data.draw(st.integers(0, 30))
    instead = data.draw(st.text(alphabet="aY-N[]{}:,\n ~1.", max_size=6))
    assert read_or_refused(GOOD[:place] + instead + GOOD[place + length :])


def told(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(ConflictError) as caught:
        loads(text)
    return [(problem.line, problem.message) for problem in caught.value.problems]


def test_the_status_quo_and_rankings_are_checked_beside_other_mistakes() -> None:
    """Wrong directions, statements and rules do not hide a wrong word; the names of the options are right."""
    found = told(
        "conflict: Bad\n"
        "status_quo: NXN\n"
        "decision_makers:\n"
        "  A: {options: [go, stop], preferences: [goo]}\n"
        "  B:\n"
        "    options: {pay: {direction: [to_yes, to_no]}}\n"
        "    ranking: [NNN, [YNN, NNN], YQN, 4]\n"
        "infeasible: [go and payy]\n"
    )
    assert [line for line, _ in found] == [2, 4, 6, 7, 7, 8]
    assert "one Y or N for each of the 3 options, not “NXN”" in found[0][1]
    assert "has the state NNN twice" in found[3][1]
    assert "no state “YQN”" in found[4][1]


def test_a_status_quo_is_not_blamed_for_options_that_were_dropped() -> None:
    found = told("conflict: Bad\nstatus_quo: NN\ndecision_makers: {A: {options: [x, x, y]}}\n")
    assert [message for _, message in found] == ["“A” has the option “x” twice."]
