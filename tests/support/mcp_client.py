"""A program that is connected to the whole application: over HTTP, and over MCP."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from bot.web.server import build_app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.service import Service

HERE = "http://127.0.0.1:7860"


@asynccontextmanager
async def connected(service: Service) -> AsyncIterator[tuple[httpx2.AsyncClient, Client]]:
    """A client of each, while the application runs."""
    app = build_app(service)
    transport = httpx2.ASGITransport(app, client=("192.0.2.1", 1))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url=HERE) as http,
        Client(streamable_http_client(f"{HERE}/mcp", http_client=http)) as client,
    ):
        yield http, client
