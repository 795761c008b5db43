"""What the tests of the doors share: what the chat page sends, and Gradio itself behind them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from fastapi.routing import APIRoute
from starlette.routing import Mount

from bot.web.chat.doors import Doors

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient
    from gradio import Blocks

JOIN, RUN, DATA = "/gradio_api/queue/join", "/gradio_api/run/predict", "/gradio_api/queue/data"
SESSION = "0123456789abcdef0123456789abcdef"
ASK, HAND_OVER = 0, 5  # the numbers of the events, in the order in which the page was built


def press(event: int, *data: object, **more: object) -> dict[str, Any]:
    """The body of a click or of a text that was sent, as the page's script writes it."""
    return {"fn_index": event, "trigger_id": 14, "session_hash": SESSION, "data": list(data), "event_data": None} | more


def gradio_of(client: TestClient) -> FastAPI:
    """Gradio's own application, as it stands behind the doors."""
    mount = cast("FastAPI", client.app).router.routes[-1]
    assert isinstance(mount, Mount)
    doors = mount.app
    assert isinstance(doors, Doors)
    return cast("FastAPI", doors.gradio.unlimited)


def routes_of(client: TestClient) -> list[tuple[str, str]]:
    """All methods and paths of Gradio, whatever it serves; in the place of a parameter stands "x"."""
    routes: list[Any] = list(gradio_of(client).routes)
    found = []
    for route in routes:
        routes += route.original_router.routes if hasattr(route, "original_router") else []
        if isinstance(route, APIRoute):
            path = re.sub(r"\{[^}]*\}", "x", route.path)
            found += [(method, path) for method in sorted(route.methods or ())]
    return found


def blocks_of(client: TestClient) -> Blocks:
    """The page of the chat."""
    return cast("Blocks", gradio_of(client).get_blocks())  # type: ignore[attr-defined]
