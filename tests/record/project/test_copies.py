"""Merged origins are opened with their words, and undone by a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.record.project.test_work import read

from jirga.errors import UsageError
from jirga.record.project import Project, copies, enter, find, undo

LEAD = "The Northern Army shelled the village of Dorn with eleven guns until the morning, killing four people in their homes."
REST = "The Hill Council demanded that the road be opened. Envoys refused the terms in a long night of talks."
OTHER = (
    "A reader writes from the coast. He says he saw it. "
    + LEAD
    + " "
    + " ".join(f"Line {n} is his own." for n in range(30))
)


@pytest.fixture
def held(tmp_path: Path) -> Project:
    made = tmp_path / "in"
    made.mkdir()
    for name, text in {"a": f"{LEAD} {REST}", "b": f"{LEAD} {REST} So it ends.", "c": OTHER}.items():
        (made / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    with Project(tmp_path / "p.db", create=True) as project:
        project.add([made], read)
    return project


def origins_of(project: Project) -> int:
    (event,) = [e for e in project.record().events if "Dorn" in e.label]
    return len(event.origins)


def test_a_merge_is_opened_with_its_words(held: Project) -> None:
    rows = copies(held)
    assert {(row["what"], row["origin"], row["report"]) for row in rows if row["what"] == "text"} <= {
        ("text", "a.txt", "b.txt"), ("text", "b.txt", "a.txt"),
    }  # fmt: skip
    assert any(row["what"] == "text" for row in rows)
    (passage,) = [
        row for row in rows if row["what"] == "passage" and "c.txt" in (row["origin"], row["report"])
    ][:1]
    assert "shelled the village of Dorn with eleven guns" in passage["quote"]
    texts = {r.name: r.text for r in held.record().reports}
    assert all(texts[row["report"]][row["begin"] : row["end"]] == row["quote"] for row in rows)


def test_a_merge_is_undone_and_brought_back(held: Project) -> None:
    assert origins_of(held) == 1
    third = next(r.id for r in held.record().reports if r.name == "c.txt")
    with held.editing() as connection:
        number = enter(connection, "own", find(connection, third), who="ann", words="he was there")
    assert origins_of(held) == 2
    assert "c.txt" not in {name for row in copies(held) for name in (row["origin"], row["report"])}
    with held.editing() as connection:
        undo(connection, number, who="ann")
    assert origins_of(held) == 1


def test_only_a_report_is_an_origin(held: Project) -> None:
    event = held.record().events[0].id
    with pytest.raises(UsageError, match="Only a report"), held.editing() as connection:
        enter(connection, "own", find(connection, event), who="ann")
