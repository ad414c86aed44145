"""A database of its own for each test that needs a server."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = ROOT / ".ci" / "postgres"
VARIABLE = "JIRGA_TEST_POSTGRES"


def _without(why: str) -> None:
    """Skip for a reason; in CI nothing is skipped."""
    if os.environ.get("CI"):
        pytest.fail(f"{why} In CI this is no reason to skip.")
    pytest.skip(why)


@pytest.fixture(scope="session")
def server() -> str:
    """Return the address of a server where databases may be made."""
    address = os.environ.get(VARIABLE, "")
    if not address:
        _without(f"{VARIABLE} names no PostgreSQL server; .ci/run starts one.")
    return address


@pytest.fixture
def address(server: str) -> Iterator[str]:
    """Return the address of an empty database."""
    url, name = make_url(server), f"jirga_{uuid.uuid4().hex[:12]}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


@pytest.fixture
def own_server(server: str) -> Iterator[Callable[[str], str]]:
    """Give commands to a server that nobody else uses: start (returns its address), kill, stop."""
    folder = Path(tempfile.mkdtemp(prefix="jirga-pg-"))
    folder.chmod(0o755)

    def order(word: str) -> str:
        command = [str(SCRIPT), word, str(folder / "one")]
        return subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, timeout=120
        ).stdout.strip()

    try:
        yield order
    finally:
        subprocess.run(
            [str(SCRIPT), "kill", str(folder / "one")], check=False, capture_output=True, timeout=60
        )
        shutil.rmtree(folder, ignore_errors=True)
