"""Read the package's own word lists and tables, fast: they are read at every start."""

from __future__ import annotations

import re
from importlib import resources
from typing import Any

import yaml

__all__ = ["load_yaml"]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Plain words stay words: of YAML 1.1's readings only true, false, null and numbers are kept ("no" is a word)."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own name


for _tag, _form, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", "n~"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_form})$"), list(_first))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^$"), [""])


def load_yaml(package: str, name: str) -> Any:  # noqa: ANN401 - each file has a shape of its own
    """Return what a YAML file in a package's ``data`` folder holds.

    Parameters
    ----------
    package : str
        "jirga.reading"
    name : str
        "frames_verbs.yaml"
    """
    text = resources.files(package).joinpath("data", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader with fewer readings
