"""The whole index made in a process of its own, which yields to the one that answers."""

from __future__ import annotations

import atexit
import logging
import os
import subprocess
import sys
from collections import deque
from typing import TYPE_CHECKING

from index.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.editions.edition import Edition
    from index.search.embedding import Embedder
    from index.settings import IndexSettings

log = logging.getLogger(__name__)


def build_aside(settings: IndexSettings, editions: Sequence[Edition], embedder: Embedder | None) -> None:
    """``python -m index build``: of these settings, the editions in force today and a model of its own.

    Besides its lower priority: memory that is needed for a minute only is given back with the process, and the threads
    of the linear algebra, of which a process has one set, are not those that questions wait for.

    Raises:
        StoreError: it failed; the message is its own. What was saved before is still there.
    """
    del editions, embedder
    names = ("data", "index", "embedding", "encoder")
    environment = os.environ | {f"BOT_{name.upper()}": str(getattr(settings, name)) for name in names}
    command = [sys.executable, "-m", "index", "build"]
    with subprocess.Popen(  # noqa: S603  # nothing of it comes from outside
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        atexit.register(process.kill)  # it is not to outlive this process
        said: deque[str] = deque(maxlen=1)
        try:
            for line in process.stderr or ():
                if line.strip():
                    said.append(line.strip())
                    log.info("%s", line.strip())
            process.wait()
        finally:
            atexit.unregister(process.kill)
    if process.returncode:
        reason = said[-1] if said else ""
        raise StoreError(reason.removeprefix("오류: ") or f"색인을 만드는 일이 끊겼습니다({process.returncode}).")
