"""Conflict files out: nothing is lost, comments stay, no half file is seen."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jirga.conflict.load import load, loads
from jirga.conflict.states import feasible
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
from jirga.conflict.write import dump, dumps
from jirga.errors import ConflictError

WORDS = st.text("abcXYZ é-_'’؟0123~#:&*!|>%@`", min_size=1, max_size=8).map(str.strip).filter(bool)
EVIDENCE = st.builds(Evidence, st.lists(WORDS, max_size=2).map(tuple), st.one_of(st.just(""), WORDS))


@st.composite
def conflicts(draw: st.DrawFn) -> Conflict:
    """Any option-form conflict of two decision makers and four options."""
    names = draw(st.lists(WORDS, min_size=6, max_size=6, unique=True))
    labels = draw(st.lists(WORDS, min_size=6, max_size=6))
    quote = {name: f'"{name}"' for name in names}
    statement = st.sampled_from(
        [quote[names[0]], f"not {quote[names[1]]}", f"{quote[names[2]]} if {quote[names[3]]}", "Y--N"]
    )
    places = st.builds(Preference, st.lists(statement, min_size=1, max_size=2).map(tuple), EVIDENCE)
    rules = st.lists(
        st.one_of(
            st.builds(Rule, st.just("pattern"), st.just(("YYYY",)), EVIDENCE),
            st.builds(
                Rule, st.just("statement"), st.just((f"{quote[names[0]]} and {quote[names[1]]}",)), EVIDENCE
            ),
            st.builds(Rule, st.just("at_most_one"), st.just((quote[names[2]], quote[names[3]])), EVIDENCE),
        ),
        max_size=3,
    )
    options = [
        Option(names[i], names[4 + i // 2], labels[i], draw(st.sampled_from(Direction)), draw(EVIDENCE))
        for i in range(4)
    ]
    shell = Conflict(
        draw(WORDS),
        (
            DecisionMaker(names[4], labels[4], tuple(options[:2]), evidence=draw(EVIDENCE)),
            DecisionMaker(names[5], labels[5], tuple(options[2:])),
        ),
        tuple(draw(rules)),
        evidence=draw(EVIDENCE),
        notes=tuple(draw(st.lists(WORDS, max_size=2))),
    )
    space = feasible(shell)
    words = [space.word(state) for state in range(space.m)]
    a, b = shell.decision_makers
    order = draw(st.permutations(words))
    a = dataclasses.replace(
        a,
        preferences=tuple(draw(st.lists(places, max_size=3))),
        strength=draw(st.one_of(st.none(), st.integers(1, 9))),
        gamma=draw(st.sampled_from([1.0, 0.25])),
        unknown=tuple(draw(st.lists(st.one_of(statement, st.just((words[0], words[1]))), max_size=2))),
    )
    b = dataclasses.replace(
        b,
        ranking=((order[0], order[1]), *((word,) for word in order[2:])),
        attitudes=draw(st.sampled_from([{}, {names[4]: -1}, {names[5]: 0, names[4]: 1}])),
        perceives=draw(
            st.sampled_from(
                [None, Perception(("Y---",), {names[4]: (Preference(("Y--N",)),)}), Perception(("---Y",))]
            )
        ),
    )
    quo = draw(st.one_of(st.none(), st.sampled_from(words)))
    evidence = draw(EVIDENCE) if quo else Evidence()
    return dataclasses.replace(shell, decision_makers=(a, b), status_quo=quo, status_quo_evidence=evidence)


@settings(deadline=None)
@given(conflicts())
def test_written_and_read_is_the_same(conflict: Conflict) -> None:
    assert loads(dumps(conflict)) == conflict


@settings(deadline=None, max_examples=60)
@given(conflicts(), conflicts())
def test_a_rewrite_says_what_it_shall_whatever_it_said_before(before: Conflict, after: Conflict) -> None:
    assert loads(dumps(after, dumps(before))) == after
    assert dumps(before, dumps(before)) == dumps(before)


LIKE = """\
# What the desk knows, 12 May.
conflict: Water   # short name
decision_makers:
  Upstream:
    # they own the dam
    options:
      release: Release water  # since 1974
      # never done before
      divert: {label: Divert, direction: to_yes}
    preferences:
      # from the minister's speech
      - not divert   # said twice
      - release      # said once
  # the other bank
  Downstream:
    options:
      protest:
    ranking: [NNN, YNN, NYN, YYN, NNY, YNY, NYY, YYY]  # guessed
infeasible:
  - divert and release   # one canal
# end of file
"""
COMMENTS = [line[line.index("#") :].strip() for line in LIKE.splitlines() if "#" in line]


def changed(conflict: Conflict, **changes: object) -> Conflict:
    """Change the first decision maker."""
    first, *others = conflict.decision_makers
    return dataclasses.replace(conflict, decision_makers=(dataclasses.replace(first, **changes), *others))


def conflict() -> Conflict:
    return loads(
        LIKE.replace("    ranking: [NNN, YNN, NYN, YYN, NNY, YNY, NYY, YYY]", "    preferences: [not divert]")
    )


LIKE = LIKE.replace("    ranking: [NNN, YNN, NYN, YYN, NNY, YNY, NYY, YYY]", "    preferences: [not divert]")


def test_an_unchanged_conflict_keeps_every_byte() -> None:
    assert dumps(conflict(), LIKE) == LIKE


@pytest.mark.parametrize(
    "after",
    [
        changed(conflict(), preferences=conflict().decision_makers[0].preferences[::-1]),
        changed(
            conflict(), preferences=(*conflict().decision_makers[0].preferences, Preference(("protest",)))
        ),
        changed(
            conflict(), preferences=(Preference(("divert",)), *conflict().decision_makers[0].preferences[1:])
        ),
        changed(conflict(), label="The upstream state"),
        dataclasses.replace(conflict(), status_quo="NNN", name="Water talks"),
        dataclasses.replace(conflict(), infeasible=(*conflict().infeasible, Rule("pattern", ("YNY",)))),
    ],
    ids=["reorder", "append", "reword", "label", "top", "rule"],
)
def test_comments_and_order_survive_a_rewrite(after: Conflict) -> None:
    text = dumps(after, LIKE)
    assert loads(text) == after
    assert [comment for comment in COMMENTS if comment not in text] == []
    kept = [
        "Upstream:",
        "release: Release water",
        "divert: {label: Divert, direction: to_yes}",
        "protest:",
        "ranking",
    ]
    places = [text.index(part) for part in kept[:-1]]
    assert places == sorted(places)


def test_only_what_goes_takes_its_comment_along() -> None:
    after = changed(conflict(), preferences=conflict().decision_makers[0].preferences[1:])
    text = dumps(after, LIKE)
    assert loads(text) == after
    assert [comment for comment in COMMENTS if comment not in text] == ["# said twice"]


def test_a_document_that_cannot_be_read_is_replaced() -> None:
    assert loads(dumps(conflict(), "conflict: [")) == conflict()


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.yaml"
    dump(conflict(), path)
    assert load(path) == conflict()
    before = path.read_bytes()

    def broken(self: Path, target: Path) -> Path:
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="full"):
        dump(changed(conflict(), label="other"), path, like=path)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["c.yaml"]


def test_like_may_be_a_path_or_text(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(LIKE, encoding="utf-8")
    after = changed(conflict(), label="The upstream state")
    dump(after, tmp_path / "a.yaml", like=path)
    dump(after, tmp_path / "b.yaml", like=LIKE)
    assert (
        (tmp_path / "a.yaml").read_text("utf-8")
        == (tmp_path / "b.yaml").read_text("utf-8")
        == dumps(after, LIKE)
    )
    with pytest.raises(ConflictError, match="no such file"):
        dump(after, tmp_path / "d.yaml", like=tmp_path / "none.yaml")
    assert not (tmp_path / "d.yaml").exists()


def test_graph_form_round_trips() -> None:
    text = """\
conflict: G
status_quo: war
states: [war, truce, '12', "no"]
decision_makers:
  A: {ranking: [truce, [war, '12'], "no"]}
moves: {A: {war: [truce, '12'], 'no': [war]}}
"""
    assert loads(dumps(loads(text))) == loads(text)


@pytest.mark.parametrize("key", ["fuzzy", "probability"])
def test_matrices_round_trip(key: str) -> None:
    value = "[[0.5, 0.25], [0.75, 0.5]]" if key == "fuzzy" else "[[0, 0.125], [1.0e-05, 0]]"
    model = loads(
        f"conflict: M\ndecision_makers:\n  A:\n    options: [one]\n    {key}: {value}\n    weights: {{one: 1e-7}}\n"
    )
    assert loads(dumps(model)) == model


@pytest.mark.parametrize("key", ["fuzzy", "probability"])
def test_sampled_rankings_are_written_as_samples(key: str) -> None:
    text = (
        "conflict: X\ndecision_makers:\n  A:\n    options: [one, two]\n    preferences: [one]\n"
        f"    {key}: {{samples: [[NN, YN, NY, YY], [[YN, NN], NY, YY]]}}\n  B: {{options: [], preferences: []}}\n"
    )
    first = loads(text.replace("  B: {options: [], preferences: []}\n", ""))
    assert "samples" in dumps(first)
    assert loads(dumps(first)) == first
