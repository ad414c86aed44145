"""The ``jirga`` command: one typer app, one place where errors become messages and exit codes.

Exit codes: 0 something was done (refused inputs are listed), 1 nothing could be done, 2 the command line or a
conflict file is wrong or too large, 130 interrupted.
"""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from jirga._version import __version__
from jirga.cli import exports, models, project, reports, work
from jirga.cli.console import err
from jirga.errors import ConflictError, JirgaError, StatementError, TooLargeError, UsageError

__all__ = ["app", "main"]

NOTHING_DONE, WRONG_USE, INTERRUPTED = 1, 2, 130
RARELY = 50_000  # new objects between two looks for rings among them

app = typer.Typer(
    name="jirga",
    help="Read news reports of a conflict and its talks; see who says what, and which outcomes would hold.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"jirga {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Set what all commands share."""


reports.register(app)
models.register(app)
project.register(app)
exports.register(app)
work.register(app)


def main() -> None:
    """Run the command line; errors become one message each and an exit code."""
    gc.set_threshold(RARELY)  # a start makes many objects and drops few
    try:
        app()
    except (ConflictError, StatementError, TooLargeError, UsageError) as error:
        _tell(error)
        sys.exit(WRONG_USE)
    except JirgaError as error:
        _tell(error)
        sys.exit(NOTHING_DONE)
    except KeyboardInterrupt:
        err.print("Interrupted; nothing was left half written.")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    finally:
        gc.freeze()  # the process ends: looking for rings among all that is known would take a tenth of its time


def _tell(error: JirgaError) -> None:
    err.print(str(error), style="red", markup=False, highlight=False)
