"""Commands that begin with a conflict file: what they print, and how they fail."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jirga.cli.app import app
from jirga.conflict.classics import classic_names, classic_text
from jirga.errors import ConflictError, UsageError

runner = CliRunner()


def run(*arguments: str) -> str:
    """Run a command that must succeed and return what it prints."""
    result = runner.invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def elmira(tmp_path: Path) -> str:
    path = tmp_path / "elmira.yaml"
    path.write_text(classic_text("elmira"), encoding="utf-8")
    return str(path)


def test_analyse_prints_a_table(elmira: str) -> None:
    printed = run("analyse", elmira)
    assert "Elmira groundwater contamination: 12 states" in printed
    assert "1 *    NYNNN" in printed
    assert "Nash equilibria: 5, 6, 7, 10, 11, 12" in printed
    assert "Exact; engine" in printed


def test_analyse_prints_json(elmira: str) -> None:
    data = json.loads(
        run("analyse", elmira, "--format", "json", "--concepts", "Nash, L2".replace(", L2", ""))
    )
    assert data["equilibria"] == {"Nash": [5, 6, 7, 10, 11, 12]}


def test_analyse_explains_a_state(elmira: str) -> None:
    printed = run("analyse", elmira, "--explain", "NYNNN", "--from", "1")
    assert "State 1 (delay) does not hold under SEQ:" in printed
    assert "Local Government: it would leave" in printed
    assert "7 NYNNY: Local Government to 7 (nobody wants to leave)" in printed


def test_reasons_are_data_too(elmira: str) -> None:
    data = json.loads(run("analyse", elmira, "--format", "json", "--explain", "4", "--from", "4"))
    rows = data["explain"]["concepts"]["GMR"]
    assert rows[2] == {
        "dm": "Local Government",
        "stable": True,
        "why": rows[2]["why"],
        "sanctions": [{"improvement": 10, "path": [{"dm": "Uniroyal", "to": 12}], "end": 12}],
    }
    assert data["explain"]["concepts"]["Nash"][2]["unsanctioned"] == [10]
    assert data["evolution"]["from"] == 4


@pytest.mark.parametrize("engine", ["plain", "fast", "auto"])
def test_engines_agree(elmira: str, engine: str) -> None:
    data = json.loads(run("analyse", elmira, "--format", "json", "--engine", engine))
    assert data["equilibria"]["SEQ"] == [5, 6, 7, 10, 11, 12]


def test_the_symbolic_engine_lists_a_few_states_in_the_same_shape(elmira: str) -> None:
    asked = ("analyse", elmira, "--format", "json", "--explain", "1", "--coalition", "1,2")
    data = json.loads(run(*asked, "--engine", "symbolic"))
    assert len(data["equilibria"]["SEQ"]) == 6
    assert data.pop("engine") == "symbolic"
    plain = json.loads(run(*asked))
    assert plain.pop("engine") == "linear"
    assert data == plain


def test_the_symbolic_engine_takes_over_when_there_are_too_many_states(tmp_path: Path) -> None:
    names = ", ".join(f"o{bit}" for bit in range(45))
    path = tmp_path / "large.yaml"
    path.write_text(
        f"conflict: L\ndecision_makers: {{A: {{options: [{names}], preferences: [o3]}}}}\n", "utf-8"
    )
    printed = run("analyse", str(path), "--concepts", "Nash")
    assert "35,184,372,088,832 states, none of them listed" in printed


def test_coalitions_and_partitions(elmira: str) -> None:
    assert "From the status quo they would go together to: nowhere" in run(
        "analyse", elmira, "--coalition", "1,2"
    )
    assert "MoE + Uniroyal | Local Government" in run("analyse", elmira, "--coalition", "[1,2],3")


def test_levers_are_told_in_words(elmira: str) -> None:
    printed = run("levers", elmira, "--want", "accept and not modify", "--concept", "SEQ")
    assert "“accept and not modify” does not hold now: Uniroyal would leave NNYNN (accept)" in printed
    assert "Uniroyal no longer cares about “(C exactly when A) or D” → state 9" in printed
    assert "options bound, given up or ruled out together" in printed
    data = json.loads(run("levers", elmira, "--want", "accept", "--concept", "SEQ", "--format", "json"))
    assert data["holds"] == {"SEQ": [10]}
    assert {scan["what"] for scan in data["searches"].get("SEQ", [])} == set()
    assert "nothing has to change (state 10)" in run("levers", elmira, "--want", "accept", "--concept", "SEQ")
    avoided = run("levers", elmira, "--want", "abandon", "--concept", "SEQ", "--avoid")
    assert "holds now at states 5, 6, 11, 12" in avoided
    assert "takes 3 at the least" in avoided


def test_the_exact_condition_is_told(elmira: str) -> None:
    asked = ("levers", elmira, "--want", "accept and not modify", "--concept", "SEQ", "--exact")
    printed = run(*asked)
    assert "Exactly when state 3 holds under SEQ" in printed
    assert "of all its rankings without ties do." in printed
    assert "Of all rankings of all sides together about" in printed
    first = json.loads(run(*asked, "--format", "json"))["conditions"][0]
    assert (first["state"], first["concept"], first["holds"]) == (3, "SEQ", False)
    assert first["decision_makers"][1]["condition"]["each"]


def test_a_sweep_says_its_seed(elmira: str) -> None:
    arguments = ("sweep", elmira, "--samples", "500", "--seed", "7", "--concepts", "SEQ", "--want", "accept")
    printed = run(*arguments)
    assert "Sampled: 500 draws of orders, seed 7" in printed
    assert "what is wanted holds in" in printed
    assert run(*arguments) == printed
    assert json.loads(run(*arguments, "--format", "json"))["samples"] == 500


@pytest.mark.parametrize("name", classic_names())
def test_demo_analyses_every_classic(name: str) -> None:
    assert "Nash equilibria:" in run("demo", name)
    assert run("demo", name, "--format", "yaml") == classic_text(name)
    assert "equilibria" in json.loads(run("demo", name, "--format", "json"))


def test_a_built_in_name_stands_for_its_file() -> None:
    assert "Chicken: 4 states" in run("analyse", "chicken")


@pytest.mark.parametrize(
    ("arguments", "error", "fragment"),
    [
        (["analyse", "no-such.yaml"], ConflictError, "no such file"),
        (["analyse", "elmira", "--concepts", "Gnash"], UsageError, "not a concept"),
        (["analyse", "elmira", "--explain", "accept"], UsageError, "names 4 states"),
        (["analyse", "elmira", "--explain", "13"], UsageError, "numbered 1 to 12"),
        (["analyse", "elmira", "--coalition", "1,7"], UsageError, "no decision maker “7”"),
        (["levers", "elmira", "--want", "acept"], UsageError, "Did you mean “accept”"),
        (["levers", "elmira", "--want", "delay and accept"], UsageError, "no feasible state"),
        (["demo", "elmyra"], UsageError, "Did you mean “elmira”"),
    ],
)
def test_what_makes_no_sense_is_told(arguments: list[str], error: type[Exception], fragment: str) -> None:
    with pytest.raises(error, match=fragment):
        runner.invoke(app, arguments, catch_exceptions=False)


def test_a_bad_file_is_one_message_a_problem_and_exit_code_2(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(
        "conflict: X\nstatus_quo: YY\ndecision_makers:\n  A:\n    options: {a: {direction: up}}\n"
        "    preferences: [b, not (a]\n    fuzzy: [[.nan]]\ninfeasable: []\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "jirga", "analyse", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "5", "6", "6", "7", "8"]
    assert [found.name for found in tmp_path.iterdir()] == ["bad.yaml"]


def test_too_many_states_are_exit_code_2_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    names = ", ".join(f"o{bit}" for bit in range(60))
    path.write_text(
        f"conflict: Big\ndecision_makers: {{A: {{options: [{names}], preferences: [o1]}}}}\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "jirga", "analyse", str(path), "--svg", str(tmp_path / "out.svg")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) <= 4
    assert "symbolic engine" in done.stderr.replace("\n", " ")
    assert [found.name for found in tmp_path.iterdir()] == ["big.yaml"]
