"""What must hold of the house itself: its front page, its errors, its files."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import jirga
from jirga import errors

ROOT = Path(__file__).resolve().parents[1]


def test_the_front_page_shows_what_it_says() -> None:
    assert jirga.__all__ == sorted(jirga.__all__)
    for name in jirga.__all__:
        assert hasattr(jirga, name)
    shown = {
        n
        for n, v in vars(jirga).items()
        if inspect.isfunction(v) or (inspect.isclass(v) and v.__module__ != "pathlib")
    }
    assert {n for n in shown if not n.startswith("_")} - {"Iterable"} <= set(jirga.__all__)


def test_every_error_stands_in_the_tree() -> None:
    tree = errors.__doc__ or ""
    for name, value in vars(errors).items():
        if inspect.isclass(value) and issubclass(value, Exception):
            assert name in tree, name
            assert issubclass(value, errors.JirgaError)


def test_importing_jirga_is_cheap() -> None:
    heavy = "spacy,numba,ortools,onnxruntime,trafilatura,dateparser,scipy"
    code = f"import sys, jirga; sys.exit(','.join(m for m in '{heavy}'.split(',') if m in sys.modules) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "name", [m.name for m in pkgutil.walk_packages(jirga.__path__, "jirga.") if "migrations" not in m.name]
)
def test_every_module_imports_and_says_what_it_is(name: str) -> None:
    module = importlib.import_module(name)
    assert (module.__doc__ or "").strip(), name
    for public in getattr(module, "__all__", ()):
        assert hasattr(module, public), f"{name}.{public}"


def test_no_address_of_a_registry_is_kept() -> None:
    told = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|--index-url|find-links")
    for path in [ROOT / "constraints.txt", ROOT / "pyproject.toml", ROOT / "Makefile", ROOT / ".ci" / "run"]:
        assert not told.search(path.read_text(encoding="utf-8")), path


def test_every_dependency_is_pinned() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("dependencies = [") : text.index("[project.scripts]")]
    named = {
        re.split(r"[<>=\[]", n)[0].lower().replace("_", "-") for n in re.findall(r'^  "([^"]+)"', block, re.M)
    }
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in pins.splitlines() if "==" in line}
    optional = {"ray"}  # an extra whose choice of version is the user's
    assert named - optional <= pinned
