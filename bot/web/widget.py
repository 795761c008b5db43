"""The chat on a customer's own site: `/widget.js`, and which sites may put the chat page into a frame."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from bot.web.http import answer_conditionally
from bot.web.templating import STATIC

if TYPE_CHECKING:
    from collections.abc import Sequence

SCRIPT = (STATIC / "widget.js").read_text(encoding="utf-8")
PLACEHOLDER = "[/* origins */]"


def build_widget(origins: Sequence[str]) -> APIRouter:
    """`/widget.js`, which knows the ``origins`` (of `read_origins`) so that it can say when a page is none of them."""
    # "<" cannot occur in an origin, so the list is safe wherever the script is put
    content = SCRIPT.replace(PLACEHOLDER, json.dumps(list(origins))).encode()
    headers = {"Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin"}
    widget = APIRouter(include_in_schema=False)

    @widget.api_route("/widget.js", methods=["GET", "HEAD"])
    def script(request: Request) -> Response:
        return answer_conditionally(request, content, "text/javascript", headers)

    return widget
