"""Where a project is kept: one SQLite file, or a PostgreSQL database that a team shares, by URL.

Everything that differs between the two is here, in `schema` (what each keeps up by itself) and in `query` (words in quotes).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic_core import from_json  # twice as fast as json.loads, and jirga has it anyway
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from jirga.errors import OptionalPartMissing, ProjectError
from jirga.record.project.trouble import cause

__all__ = ["Database", "is_url", "open_database"]

PATIENCE = 5.0  # seconds to wait for another process that is writing
REACH = 10  # seconds to wait for a server to answer at all
LOCK = (
    0x6A69726761  # “jirga” in ASCII: the number of the lock that writers to a server's database take in turn
)
SERVERS = {"postgresql", "postgres", "postgresql+psycopg"}
SHAPE = "postgresql+psycopg://USER@HOST:PORT/DATABASE"


def is_url(place: str | Path) -> bool:
    """Tell whether a place is an address rather than a file."""
    return isinstance(place, str) and "://" in place


@dataclass(frozen=True, slots=True)
class Database:
    """A project's database, open.

    Attributes
    ----------
    name : str
        What messages call it: the file, or the address without its password.
    path : Path or None
        The file; None for a server.
    engine : Engine
    secret : str
        The password, to be kept out of every message.
    """

    name: str
    path: Path | None
    engine: Engine
    secret: str = field(default="", repr=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database throughout."""
        with self.told(), self.engine.connect() as connection:
            if self.path is None:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            else:
                connection.exec_driver_sql("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction that no other writer runs beside; all of it is kept, or nothing."""
        with self.told(), self.engine.begin() as connection:
            if self.path is None:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(PATIENCE * 1000)}")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            else:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn the database's errors into one message each."""
        try:
            yield
        except SQLAlchemyError as error:
            words = str(getattr(error, "orig", None) or error)
            if self.secret:
                words = words.replace(self.secret, "***")
            raise ProjectError(self.name, *cause(words)) from None

    def tables(self, connection: Connection) -> set[str]:
        """Return the names of all tables."""
        return set(inspect(connection).get_table_names())


def open_database(place: str | Path, *, create: bool = False) -> Database:
    """Open a file, or find a server.

    Parameters
    ----------
    place : str or Path
        A file, or an address such as ``postgresql+psycopg://user@host:5432/talks``.
    create : bool
        Whether a file may be made.

    Raises
    ------
    ProjectError
        There is no such file, or the address is none.
    OptionalPartMissing
        The address is PostgreSQL's and its driver is not installed.
    """
    if is_url(place):
        return _server(str(place))
    path = Path(place)
    if not create and not path.exists():
        raise ProjectError(
            str(path), "there is no such project file.", "Make it with: jirga add PATH... -p FILE"
        )
    if not create and path.is_file() and not path.stat().st_size:
        raise ProjectError(str(path), "the file is empty.", "Make a project with: jirga add PATH... -p FILE")
    if path.is_dir():
        raise ProjectError(str(path), "this is a folder.", "Name a file, such as talks.db.")
    return Database(str(path), path, _file(path))


def _file(path: Path) -> Engine:
    """Open a file; one in a folder where nothing may be written (an archive) is opened for reading alone."""
    if path.exists() and not os.access(path.absolute().parent, os.W_OK):
        address = (
            f"{path.absolute().as_uri()}?mode=ro&immutable=1"  # WAL needs to write beside the file otherwise
        )
        engine = create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect(address, uri=True),
            poolclass=NullPool,
            json_deserializer=from_json,
        )
    else:
        engine = create_engine(
            URL.create("sqlite", database=str(path)),
            connect_args={"timeout": PATIENCE},
            json_deserializer=from_json,
        )
        event.listen(engine, "connect", _prepare)
    event.listen(engine, "connect", _teach)
    return engine


def _prepare(connection: Any, _: Any) -> None:  # noqa: ANN401 - the driver's connection
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _teach(connection: Any, _: Any) -> None:  # noqa: ANN401 - the driver's connection
    """Teach SQLite the small letters of every alphabet, as PostgreSQL knows them."""
    connection.create_function(
        "lower", 1, lambda told: None if told is None else str(told).lower(), deterministic=True
    )


def _server(place: str) -> Database:
    url = _address(place)
    name = URL.create("postgresql", url.username, None, url.host, url.port, url.database).render_as_string()
    try:
        engine = create_engine(
            url,
            connect_args={"connect_timeout": REACH, "application_name": "jirga"},
            pool_size=1,
            json_deserializer=from_json,
        )
    except ModuleNotFoundError:
        raise OptionalPartMissing(
            "PostgreSQL needs the library psycopg. Install it with: pip install 'jirga[postgres]'"
        ) from None
    return Database(name, None, engine, url.password or "")


def _address(place: str) -> URL:
    """Return what an address says; none of the messages repeats it, since there may be a password in it."""
    scheme = place.partition("://")[0].lower()
    if scheme not in SERVERS:
        raise ProjectError(
            f"{scheme}://...", "projects are not kept there.", f"Name a file, or PostgreSQL as {SHAPE}"
        )
    try:
        url = make_url(f"postgresql+psycopg://{place.partition('://')[2]}")
    except (ArgumentError, ValueError):
        raise ProjectError(
            f"{scheme}://...", "this address cannot be read.", f"Write it as {SHAPE}"
        ) from None
    if "password" in url.query:
        raise ProjectError(
            f"{scheme}://...",
            "a password has no place behind the “?”.",
            "Put it before the @, or in PGPASSWORD.",
        )
    if not url.database:
        raise ProjectError(f"{scheme}://...", "this address names no database.", f"Write it as {SHAPE}")
    return url
