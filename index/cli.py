"""What `python -m index` and `python -m bot` share: a fault is one Korean line on stderr, and a code to exit with."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import typer

from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
KOREAN = {  # what typer says: what is shown
    r"Missing argument ('.*')\.": r"\1: 빠졌습니다.",
    r"Missing command\.": "명령이 빠졌습니다.",
    r"No such command ('.*')\..*": r"\1(이)라는 명령은 없습니다.",
    r"No such option: (\S+).*": r"\1(이)라는 옵션은 없습니다.",
    r"Option ('.*') requires an argument\.": r"\1에 값이 필요합니다.",
    r"Got unexpected extra argument\(s\) \((.*)\)": r"남는 값이 있습니다: \1",
    r"Invalid value for ('.*'): file ('.*') does not exist\.": r"\1: \2 파일이 없습니다.",
    r"Invalid value for ('.*'): file ('.*') is a directory\.": r"\1: 파일이 아니라 폴더입니다: \2",
    r"Invalid value for ('.*'): Input should be (.*)": r"\1의 값이 맞지 않습니다(\2).",
    r"Invalid value for ('.*'): ([^A-Za-z]*[가-힣].*)": r"\1: \2",  # what a command says itself
    r"Invalid value: (.*)": r"\1",
}


def make_app(about: str) -> typer.Typer:
    """A program without typer's boxes and its listing of local variables; commands are added to it."""
    return typer.Typer(help=about, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def run(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Run a command, or show the help if there is none.

    Returns:
        The exit code: 0, 1 for a fault, 2 for wrong use, 130 after Ctrl-C.
    """
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    try:
        return app(list(arguments) or ["--help"], standalone_mode=False) or 0
    except typer.TyperException as error:
        return _end(f"{_translate(error.format_message())} (도움말: --help)", error.exit_code)
    except YakgwanError as error:
        return _end("\n오류: ".join(error.lines), 1)
    except OSError as error:  # a disk that is full or broken, a file of somebody else's
        return _end(f"{error.filename or '파일'}: 읽거나 쓸 수 없습니다: {error.strerror or error}", 1)
    except KeyboardInterrupt:
        return INTERRUPTED


def _end(message: str, code: int) -> int:
    typer.echo(f"오류: {message}", err=True)
    return code


def _translate(message: str) -> str:
    line = " ".join(message.split())
    for english, korean in KOREAN.items():
        if match := re.fullmatch(english, line):
            return match.expand(korean)
    return line
