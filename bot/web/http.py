"""Answers that a browser keeps: with an ETag, and 304 without a body as long as it has the same one."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from fastapi.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Request


def answer_conditionally(request: Request, content: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """``content``, or 304 if ``request`` names the ETag that it has; with ``headers`` either way."""
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    known = {known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")}
    sent = {**headers, "ETag": tag}
    if known & {tag, "*"}:
        return Response(status_code=304, headers=sent)
    return Response(content, media_type=media_type, headers=sent)
