"""The brief is written from Python, again and again."""

from __future__ import annotations

from pathlib import Path

import jirga
import jirga.brief

REPORT = "The rebels demanded the release of prisoners. The army refused the demand on 3 June 2031.\n"


def test_it_is_written_more_than_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    pages = [jirga.write_brief(tmp_path / "a.txt", tmp_path / f"{number}.html") for number in (1, 2)]
    assert [page.read_text(encoding="utf-8").count("release of prisoners") > 0 for page in pages] == [
        True,
        True,
    ]
