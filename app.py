"""The web application: settings → FastAPI with the Gradio chat → uvicorn. `python app.py` serves it."""

from __future__ import annotations

import logging
import sys

import uvicorn

from bot.masked_log import guard_streams
from bot.service import Service
from bot.settings import Settings, load_settings
from bot.web.server import build_app
from index.errors import YakgwanError


def serve(settings: Settings) -> None:
    """Serve until interrupted."""
    guard_streams()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for library in ("faiss", "mcp", "sentence_transformers"):
        logging.getLogger(library).setLevel(logging.WARNING)
    app = build_app(Service(settings))
    print(f"http://{settings.host}:{settings.port} 에서 약관봇을 시작합니다.", flush=True)  # noqa: T201
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")


if __name__ == "__main__":
    try:
        serve(load_settings())
    except YakgwanError as error:
        sys.exit(f"오류: {error}")
