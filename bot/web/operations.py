"""`/healthz` and `/metrics`: how the bot is, for who runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from bot.web.metrics import is_local

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.service import Service
    from bot.web.metrics import Metrics


def build_operations(service: Service, journal_state: Callable[[], str], metrics: Metrics) -> APIRouter:
    """Both routes; they wait for no thread, no answer and no database. ``journal_state``: see `Writer.state`.

    The figures are for this machine alone; to others they are not there.
    """
    operations = APIRouter(include_in_schema=False)

    @operations.get("/healthz")
    async def health() -> JSONResponse:
        """`state`: loading, ready, words_only (no embedding model) or failed; 503 when failed. `journal`: how it is."""
        report = service.report() | {"journal": journal_state()}
        return JSONResponse(report, status_code=503 if report["state"] == "failed" else 200)

    @operations.get("/metrics")
    async def figures(request: Request) -> Response:
        if not is_local(request.client.host if request.client else "", request.headers):
            raise HTTPException(404)
        content, content_type = metrics.exposition(service.report()["state"], request.headers.get("accept", ""))
        return Response(content, headers={"content-type": content_type})

    return operations
