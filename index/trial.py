"""`python -m index.trial`: whether a file from a stranger can be read, in a process that may be ended.

What was read here within the bounds is read again by the server within them: nothing else is asked of the file there.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from index.checking import examine
from index.compare import compare, comparison_body
from index.errors import TermsError, YakgwanError
from index.terms import Terms, inspect

SECONDS = 20  # of work
PATIENCE = 60.0  # seconds in all, on a busy machine
LONGEST = 400_000  # characters of a text; terms of a bank have 60,000
MOST = 3_000  # paragraphs
MEMORY = 2_000_000_000  # bytes of address space
TOLD = 5  # faults that are named
TOO_SLOW = f"파일을 {SECONDS}초 안에 읽지 못했습니다. 글만 있는 DOCX나 텍스트 파일로 저장해 다시 올려 주세요."
UNREADABLE = "파일을 읽지 못했습니다. 다른 형식으로 저장해 다시 올려 주세요."


def try_reading(file: Path, before: Path | None, seconds: float = PATIENCE) -> None:
    """Read ``file`` aside, look it over and compare it with ``before``, the edition that it is to follow.

    Raises:
        TermsError: it cannot be used, or not within ``seconds``; the message names no path.
    """
    command = [sys.executable, "-m", "index.trial", str(file), *([str(before)] if before else [])]
    try:
        ended = subprocess.run(  # noqa: S603  # the paths are our own
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TermsError(TOO_SLOW) from error
    if ended.returncode == -getattr(signal, "SIGXCPU", 0) != 0:
        raise TermsError(TOO_SLOW)
    try:
        told = json.loads(ended.stdout) if ended.returncode == 0 else UNREADABLE
    except ValueError:
        told = UNREADABLE
    if told:
        raise TermsError(str(told)[:1000])


def look_over(file: Path, before: Path | None) -> str:
    """Why the file cannot be used, in Korean; "" if it can."""
    try:
        terms = inspect(file)
        _check(terms)
        examine(terms)
        if before is not None:
            comparison_body(compare(inspect(before), terms), weigh=True)
    except YakgwanError as error:
        return str(error).replace(f"{file}:1: ", "").replace(f"{file}: ", "").replace(str(file), "파일")
    return ""


def _check(terms: Terms) -> None:
    if terms.faults:
        told = " ".join(f"{fault.line}번째 줄: {fault.message}" for fault in terms.faults[:TOLD])
        more = len(terms.faults) - TOLD
        raise TermsError(f"{told} 그 밖에 {more}곳." if more > 0 else told)
    if len(terms.source) > LONGEST or sum(len(one.paragraphs) for one in terms.articles) > MOST:
        raise TermsError(f"글이 너무 깁니다. {LONGEST:,}자, 항 {MOST:,}개까지 읽습니다.")


def _limit() -> None:
    """Bound what this process may take, where the system can."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    _limit()
    paths = [Path(one) for one in sys.argv[1:]]
    try:
        said = look_over(paths[0], paths[1] if len(paths) > 1 else None)
    except (MemoryError, RecursionError):
        said = UNREADABLE
    sys.stdout.write(json.dumps(said))
