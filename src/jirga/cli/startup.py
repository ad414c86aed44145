"""Import spaCy without its command line and its checks of settings.

``import spacy`` brings its own command line along, and with it three HTTP libraries and a project manager; and models of
every setting that a pipeline may have, built anew in every process. Nothing in a reading with the package's own pipeline uses
them. Here, and only in the process of the ``jirga`` command, they are left out; a later import of one of them finds the
real one. The settings of a pipeline that a user names are checked as ever.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import ClassVar

__all__ = ["import_spacy"]

COMMANDS = ("spacy.cli", "spacy.cli.info")
CHECKS = "spacy.schemas"
OLD_CHECKS = "pydantic.v1"  # what came before pydantic 2; asked for, not needed


def import_spacy(checks: bool = False) -> None:
    """Import spaCy, leaving out its command line; nothing happens where it has been imported already.

    Parameters
    ----------
    checks : bool
        Whether the settings of a pipeline will be checked.
    """
    if "spacy" in sys.modules:
        return
    left_out: dict[str, ModuleType | None] = {name: ModuleType(name) for name in COMMANDS}
    vars(left_out["spacy.cli.info"])["info"] = _info
    if not checks:
        left_out |= {CHECKS: _Unchecked(CHECKS), OLD_CHECKS: None}
    with _stood_in(left_out):
        importlib.import_module("spacy")


@contextmanager
def _stood_in(modules: dict[str, ModuleType | None]) -> Iterator[None]:
    """Let modules stand for others while the block runs; None is one that cannot be found."""
    absent = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(absent)  # type: ignore[arg-type]  # None is how Python marks a module that is not there
    try:
        yield
    finally:
        for name in absent:
            sys.modules.pop(name, None)


class _Unchecked(ModuleType):
    """Stand in for the module of checks: whatever is asked of it is a model without any field."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (_Open,), {})


class _Open:
    """A model without any field, under which every setting is as it is given."""

    model_fields: ClassVar[dict[str, object]] = {}
    model_config: ClassVar[dict[str, object]] = {"extra": "allow"}

    @classmethod
    def model_rebuild(cls, **_: object) -> None:
        """There is nothing to build."""

    def model_dump(self) -> tuple[str, ...]:
        """Return the attributes by which phrases may be matched: words alone are."""
        return ("orth",)


def _info(*args: object, **kwargs: object) -> object:
    """Stand in for ``spacy.info``: call the real one."""
    return importlib.import_module("spacy.cli.info").info(*args, **kwargs)
