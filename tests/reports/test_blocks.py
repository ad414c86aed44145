"""What is prose and what is furniture, on pages of our own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jirga.reports.blocks import find_blocks, main_language
from jirga.reports.dates import find_published, parse_published
from jirga.reports.plain import plain_report
from jirga.reports.types import BlockKind, Precision, Report

PAGE = """Last Updated: March 3, 2024, 09:10 GMT
Talks in Lomé end without a deal
Delegates leave the hall in Lomé. (Photo: Agency)
Two weeks of talks between the government and the northern rebels ended in Lomé on Sunday.
Why the round failed
“We asked for a timetable and were given none,” the rebels' spokesman said.
وقال متحدث باسم الحكومة إن المحادثات ستستأنف قريبا في العاصمة
Le gouvernement a rejeté la demande des rebelles et il a quitté la table des négociations hier soir.
Diplomatic Editor, West Africa Desk
First Published:
March 2, 2024, 18:00 GMT
News africa Talks in Lomé end without a deal | Exclusive
Disclaimer: Comments reflect users’ views, not Volta Post’s. Keep them civil.
Read More
6 hours ago
"""


def report(text: str, path: str = "page.txt") -> Report:
    return plain_report("0" * 16, "page.txt", path, text, text.encode())


def kinds(text: str) -> dict[str, BlockKind]:
    return {text[b.begin : b.end]: b.kind for b in find_blocks(text, main_language(text))}


def test_furniture_is_not_content() -> None:
    found = kinds(PAGE)
    body = [line for line, kind in found.items() if kind is BlockKind.BODY]
    assert [line.split()[0] for line in body] == ["Two", "“We"]
    assert found["Talks in Lomé end without a deal"] is BlockKind.TITLE
    assert found["Why the round failed"] is BlockKind.HEADING
    assert found["Delegates leave the hall in Lomé. (Photo: Agency)"] is BlockKind.CAPTION
    for line in ("Read More", "6 hours ago", "First Published:", "Diplomatic Editor, West Africa Desk"):
        assert found[line] is BlockKind.FURNITURE, line


@pytest.mark.parametrize("rule", ["•", "***", "- - -", "> >", "|"])
def test_a_line_of_bullets_is_furniture(rule: str) -> None:
    assert kinds(f"{PAGE}{rule}\n")[rule] is BlockKind.FURNITURE


def test_other_languages_are_kept_and_marked() -> None:
    languages = {b.language for b in find_blocks(PAGE, "en") if b.kind is BlockKind.FOREIGN}
    assert languages == {"ar", "fr"}


def test_the_page_tells_its_outlet_title_and_first_date() -> None:
    found = report(PAGE)
    assert (found.outlet, found.title) == ("Volta Post", "Talks in Lomé end without a deal")
    assert found.published is not None
    assert found.published.start == date(2024, 3, 2)


def test_a_date_that_leads_a_line_of_prose_is_cut_off() -> None:
    text = " date 2024-03-03 The talks in Lomé between the two sides have ended without any result at all."
    first, second = find_blocks(text, "en")
    assert (first.kind, second.kind) == (BlockKind.FURNITURE, BlockKind.BODY)
    assert text[second.begin :].startswith("The talks")
    published = report(text).published
    assert published is not None
    assert published.start == date(2024, 3, 3)


def test_header_lines_are_read() -> None:
    text = "Outlet: Volta Post\nDate: 2024-03-04\nAuthor: Ama Mensah and Kofi Adu\n\nThe talks failed on Sunday.\n"
    found = report(text)
    assert (found.outlet, found.authors) == ("Volta Post", ("Ama Mensah", "Kofi Adu"))
    assert found.published is not None
    assert found.published.precision is Precision.DAY


def test_a_sentence_that_begins_like_furniture_is_prose() -> None:
    line = (
        "Published figures show that the army lost forty soldiers in the fighting around the town last week."
    )
    assert kinds(line)[line] is BlockKind.BODY


def test_a_report_without_a_date_says_so() -> None:
    found = report("The talks failed. Nobody signed.")
    assert found.published is None
    assert any("No date" in note for note in found.notes)


def test_the_file_name_dates_a_report_that_has_no_date() -> None:
    found = report("The talks failed. Nobody signed.", "2024-03-05-talks.txt")
    assert found.published is not None
    assert found.published.start == date(2024, 3, 5)
    assert "Dated by its file name." in found.notes


@pytest.mark.parametrize(
    ("text", "start", "precision"),
    [
        ("2024-03-05", date(2024, 3, 5), Precision.DAY),
        ("2024-03-05T10:20:00+02:00", date(2024, 3, 5), Precision.MINUTE),
        ("2024-03", date(2024, 3, 1), Precision.MONTH),
        ("2024", date(2024, 1, 1), Precision.YEAR),
        ("March 5, 2024", date(2024, 3, 5), Precision.DAY),
        ("5 March 2024", date(2024, 3, 5), Precision.DAY),
    ],
)
def test_dates_keep_their_precision(text: str, start: date, precision: Precision) -> None:
    found = parse_published(text)
    assert found is not None
    assert (found.start, found.precision) == (start, precision)


@pytest.mark.parametrize("text", ["", "soon", "2024-13-45", "the 5th of never", "99999-01-01"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_published(text) is None
    assert find_published(text) is None


@given(st.text(max_size=400))
def test_blocks_cover_all_but_white_space(text: str) -> None:
    blocks = find_blocks(text, "en")
    last = 0
    for block in blocks:
        assert last <= block.begin < block.end <= len(text)
        assert not text[last : block.begin].strip()
        last = block.end
    assert not text[last:].strip()
