"""The web application: settings → FastAPI with the Gradio chat → uvicorn. `python app.py` serves it."""

from __future__ import annotations

import ctypes
import gc
import logging
import sys
from contextlib import suppress

import uvicorn

from bot.log_lines import set_up_logging
from bot.masked_log import guard_streams
from bot.service import Service
from bot.settings import Settings, load_settings
from bot.web.listening import listen
from bot.web.metrics import Metrics
from bot.web.server import build_app
from index.errors import YakgwanError

FINISH_SECONDS = 5  # that running answers have after SIGTERM; pages that stay open are cut off then
SWITCH_SECONDS = 0.001  # pages are not to wait for Python's usual 5 ms at every step beside the answers


def serve(settings: Settings) -> None:
    """Serve until interrupted."""
    listening = listen(settings.host, settings.port)  # its faults name an address of the operator's own
    guard_streams()
    set_up_logging(settings.log)
    for library in ("faiss", "httpx2", "mcp", "sentence_transformers"):
        logging.getLogger(library).setLevel(logging.WARNING)
    sys.setswitchinterval(SWITCH_SECONDS)
    metrics = Metrics({"embedding": settings.embedding})
    app = build_app(Service(settings, on_model_failure=metrics.model_failed, on_loaded=settle), metrics)
    # past the guard: an address is masked there, and this one is the operator's own
    print(f"http://{settings.host}:{settings.port} 에서 약관봇을 시작합니다.", file=sys.__stdout__, flush=True)
    config = uvicorn.Config(app, log_config=None, log_level="warning", timeout_graceful_shutdown=FINISH_SECONDS)
    uvicorn.Server(config).run(sockets=[listening])


def settle() -> None:
    """Take what is loaded out of the collector's rounds: each over all of it held every page up for some 0.3 s.

    What loading needed for a moment goes back to the machine, some 100 MB, where the C library can be asked for it.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    with suppress(AttributeError, OSError):  # it is glibc's
        ctypes.CDLL(None).malloc_trim(0)


if __name__ == "__main__":
    try:
        serve(load_settings())
    except YakgwanError as error:
        sys.exit("\n".join(f"오류: {line}" for line in error.lines))
