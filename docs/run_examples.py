"""Run the examples of a document, or write what they print into it.

::

    python docs/run_examples.py docs/how-to-analyse.md            # tell where document and program differ
    python docs/run_examples.py --rewrite docs/how-to-analyse.md  # put the program's output into the document

Blocks are run in order in one empty folder:

- ``yaml`` that begins with ``# file: NAME`` is written to that file (a later block replaces it); other ``yaml`` blocks
  are loaded as a conflict, those that begin with spaces as the end of a small one;
- ``console``: each line that begins with ``$ jirga`` is run, the lines below it are what it prints;
- ``pycon``: as doctest, with one set of names for the whole document.
"""

from __future__ import annotations

import doctest
import io
import re
import shlex
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from pathlib import Path

from jirga.cli import console
from jirga.cli import main as cli_main
from jirga.conflict.load import loads

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
HOST = "conflict: Example\ndecision_makers:\n  A: {options: [one, two]}\n  B:\n    options: [three]\n"
WIDTH = 100  # signs in a line of what commands print
PICTURES = Path(__file__).parent / "pictures"


def run(path: Path) -> tuple[str, list[str]]:
    """Run a document's examples.

    Returns
    -------
    text : str
        The document with the program's own output.
    pictures : list of str
        Names of the pictures that the examples drew and that differ from those in ``docs/pictures``.
    """
    text = path.read_text(encoding="utf-8")
    names: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        out = BLOCK.sub(lambda block: f"```{block[1]}\n{_block(block[1], block[2], names)}```", text)
        drawn = {found.name: found.read_bytes() for found in Path().glob("*.svg")}
    differ = [name for name, data in drawn.items() if _kept(name) != data]
    if "--rewrite" in sys.argv:
        PICTURES.mkdir(exist_ok=True)
        for name in differ:
            (PICTURES / name).write_bytes(drawn[name])
    return out, differ


def _kept(name: str) -> bytes | None:
    return (PICTURES / name).read_bytes() if (PICTURES / name).exists() else None


def _block(kind: str, body: str, names: dict[str, object]) -> str:
    if kind == "yaml":
        head = re.match(r"# file: (\S+)\n", body)
        if head:
            Path(head[1]).write_text(body[head.end() :], encoding="utf-8")
        else:
            loads(HOST + body if "conflict:" not in body else body)
    elif kind == "console":
        return "".join(_command(line) for line in body.splitlines() if line.startswith("$ "))
    elif kind == "pycon":
        return _session(body, names)
    return body


def _command(line: str) -> str:
    """Run one command in this process, as wide as the documents are, and return it with what it prints."""
    printed, argv = io.StringIO(), sys.argv
    widths = [(each, each.width) for each in (console.out, console.err)]
    for each, _ in widths:
        each.width = WIDTH
    sys.argv = ["jirga", *shlex.split(line.removeprefix("$ jirga "))]
    try:
        with redirect_stdout(printed), redirect_stderr(printed), suppress(SystemExit):
            cli_main()
    finally:
        sys.argv = argv
        for each, width in widths:
            each.width = width
    told = "\n".join(part.rstrip() for part in printed.getvalue().splitlines())
    return f"{line}\n{told}\n" if told else f"{line}\n"


def _session(body: str, names: dict[str, object]) -> str:
    """Run a session and return it with what Python answers."""
    out = []
    for example in doctest.DocTestParser().get_examples(body):
        source = example.source.rstrip("\n").splitlines()
        out.append(">>> " + "\n... ".join(source) + "\n")
        test = doctest.DocTest([doctest.Example(example.source, "\0")], names, "docs", None, 0, None)
        got: list[str] = []
        doctest.DocTestRunner(verbose=False).run(test, out=got.append, clear_globs=False)
        names.update(test.globs)
        answer = "".join(got).split("\nGot:\n", 1)
        if len(answer) == 2:
            out.append("".join(line.removeprefix("    ") + "\n" for line in answer[1].splitlines()))
        elif "Got nothing" not in "".join(got):
            out.append("".join(got))
    return "".join(out)


def main(paths: list[str]) -> int:
    """Check or rewrite each document."""
    wrong = 0
    for name in paths:
        path = Path(name).resolve()
        out, pictures = run(path)
        if "--rewrite" in sys.argv:
            path.write_text(out, encoding="utf-8")
        elif out != path.read_text(encoding="utf-8") or pictures:
            sys.stderr.write(
                f"{name} is not what the program prints; run with --rewrite. {' '.join(pictures)}\n"
            )
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main([argument for argument in sys.argv[1:] if not argument.startswith("--")]))
