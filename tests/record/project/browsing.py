"""Datasette in a process of its own, without a port."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

__all__ = ["ask", "walk"]

BEGIN = """
import asyncio, json, sys, warnings
warnings.simplefilter("ignore")
from datasette.app import Datasette
from datasette.utils import path_from_row_pks, tilde_encode
file, described, asked = sys.argv[1], json.loads(sys.argv[2]), json.load(sys.stdin)
shown = Datasette([file], metadata=described, settings={"sql_time_limit_ms": 20000})
"""
GET = """
async def ask():
    await shown.invoke_startup()
    return {each: [got.status_code, got.text] for each in asked for got in [await shown.client.get(each)]}
print(json.dumps(asyncio.run(ask())))
"""
WALK = """
async def get(address):
    got = await shown.client.get(address)
    assert got.status_code == 200, (address, got.status_code, got.text[:500])
    return got
async def walk():
    await shown.invoke_startup()
    (name,) = set(shown.databases) - {"_internal"}
    tables = (await get(f"/{name}.json")).json()
    found = {"hidden": [t["name"] for t in tables["tables"] if t["hidden"]], "rows": {}, "pages": 0, "single": 0}
    for table in asked:
        address = f"/{name}/{tilde_encode(table)}"
        await get(address)
        page, count = f"{address}.json?_shape=objects&_size=max", 0
        keys = await shown.databases[name].primary_keys(table)
        while page:
            told = (await get(page)).json()
            for row in told["rows"][:3] if keys else ():
                await get(f"{address}/{path_from_row_pks(row, keys, False)}")
                found["single"] += 1
            count += len(told["rows"])
            following = told.get("next")
            page = f"{address}.json?_shape=objects&_size=max&_next={following}" if following else None
            if following:
                await get(f"{address}?_next={following}")
            found["pages"] += 1
        found["rows"][table] = count
    return found
print(json.dumps(asyncio.run(walk())))
"""


def ask(
    file: Path, *addresses: str, described: dict[str, object] | None = None
) -> dict[str, tuple[int, str]]:
    """Return each address with a status and a page."""
    found = _run(GET, file, addresses, described)
    return {address: (status, page) for address, (status, page) in found.items()}


def walk(file: Path, names: list[str], described: dict[str, object]) -> dict[str, Any]:
    """Open tables and views, all their pages, and some pages of single rows; each must be there.

    Returns
    -------
    dict
        ``hidden`` (tables that the list of tables leaves out), ``rows`` (of each table), ``pages``, ``single``.
    """
    found: dict[str, Any] = _run(WALK, file, names, described)
    return found


def _run(script: str, file: Path, asked: object, described: dict[str, object] | None) -> Any:
    command = [sys.executable, "-c", BEGIN + script, str(file), json.dumps(described or {})]
    done = subprocess.run(
        command, input=json.dumps(asked), capture_output=True, text=True, timeout=240, check=False
    )
    if "No module named 'datasette'" in done.stderr and not os.environ.get("CI"):
        pytest.skip("Datasette is not installed")
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
