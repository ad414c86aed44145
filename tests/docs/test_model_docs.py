"""The documents on conflict files and analysis show what the program prints."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def runner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_examples", ROOT / "docs" / "run_examples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["conflict-file.md", "how-to-analyse.md"])
def test_examples_are_what_the_program_prints(name: str) -> None:
    path = ROOT / "docs" / name
    out, pictures = runner().run(path)
    assert out == path.read_text(encoding="utf-8"), "run: python docs/run_examples.py --rewrite docs/" + name
    assert pictures == []


@pytest.mark.parametrize("name", ["conflict-file.md", "how-to-analyse.md"])
def test_every_link_leads_somewhere(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / "docs" / target).exists(), target
