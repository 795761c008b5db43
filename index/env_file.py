"""The file of settings, ``.env``, and the names that are set: what pydantic passes over in silence."""

from __future__ import annotations

import os
from difflib import get_close_matches
from io import StringIO
from typing import TYPE_CHECKING

from dotenv.parser import parse_stream

from index.setting_faults import PREFIX

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from dotenv.parser import Binding

ENCODING = "utf-8-sig"  # as some editors write UTF-8


def bindings(file: Path) -> list[Binding]:
    """The lines of ``file``, [] without one. Raises OSError, UnicodeDecodeError."""
    return list(parse_stream(StringIO(file.read_text(ENCODING)))) if file.exists() else []


def faults_of(file: Path, read: Collection[Binding]) -> Iterator[str]:
    """A line for each of ``file``'s that sets nothing; what stands there may be a secret and is not shown."""
    for line in read:
        if line.error or (line.key and line.value is None and line.key.upper().startswith(PREFIX)):
            yield f"설정 파일 {file}:{line.original.line}: 'BOT_이름=값'처럼 한 줄에 하나씩 적으세요."


GONE = {  # settings of earlier versions that must not be taken for nothing
    f"{PREFIX}DESK_PASSWORD": "데스크는 이제 이름마다의 계정으로 엽니다. 이 설정을 지우고 "
    "`python -m bot account add 이름 --role 관리자`로 첫 계정을 만드세요."
}


def unknown_names(read: Collection[Binding], known: Collection[str]) -> Iterator[str]:
    """A line for each name with the prefix, of the environment or a file, that is none of ``known`` (upper case)."""
    given = dict.fromkeys([*os.environ, *(line.key for line in read if line.key)])
    for name in given:
        if name.upper() in GONE:
            yield f"설정 {name}: {GONE[name.upper()]}"
        elif name.upper().startswith(PREFIX) and name.upper() not in known:
            near = get_close_matches(name.upper(), known, 1, 0.0)
            safe = name.encode("utf-8", "backslashreplace").decode()
            yield f"설정 {safe if safe.isprintable() else ascii(safe)}: 그런 설정은 없습니다. {near[0]}인가요?"
