"""Running a command as `__main__` does."""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from index import cli

if TYPE_CHECKING:
    import typer


class Ended(NamedTuple):
    """What a command ended with."""

    code: int
    out: str
    err: str


def run(app: typer.Typer, *arguments: object) -> Ended:
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = cli.run(app, [str(argument) for argument in arguments])
    return Ended(code, out.getvalue(), err.getvalue())
