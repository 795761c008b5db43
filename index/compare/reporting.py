"""Two files → the comparison as the command line shows it, with the notice periods where a file name is a date."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from index.compare.announcing import notice
from index.compare.comparing import compare
from index.compare.page import comparison_page
from index.compare.telling import as_json as plain
from index.compare.telling import tell
from index.errors import YakgwanError
from index.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.terms import Terms


def report(files: tuple[Path, Path], terms: tuple[Terms, Terms], html: Path | None, *, as_json: bool) -> Iterator[str]:
    """The lines to print; the page is written to ``html`` if given.

    Raises:
        YakgwanError: ``html`` cannot be written.
    """
    compared = compare(*terms)
    old, new = (_date(file) for file in files)
    about = notice(compared, None, new) if new else None
    dates = (old.isoformat() if old else "", new.isoformat() if new else "")
    if html:
        _write(html, comparison_page(compared, dates, about))
    if as_json:
        yield json.dumps(plain(compared, dates, about), ensure_ascii=False)
    else:
        yield from tell(compared, about)


def _date(file: Path) -> dt.date | None:
    try:
        return dt.date.fromisoformat(file.stem)
    except ValueError:
        return None


def _write(path: Path, page: str) -> None:
    try:
        replace_file(path, page.encode())
    except OSError as error:
        raise YakgwanError(f"{path}: 파일을 쓸 수 없습니다.") from error
