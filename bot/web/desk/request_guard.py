"""What every answer of the desk carries and what every request that changes something must show."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi.responses import JSONResponse

if TYPE_CHECKING:
    from fastapi import Request, Response
    from starlette.middleware.base import RequestResponseEndpoint

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SAFE = {"GET", "HEAD"}


async def shield(request: Request, call_next: RequestResponseEndpoint) -> Response:
    """Middleware: refuse what comes from another site, and add `HEADERS`."""
    sent = request.headers
    response: Response
    if request.method in SAFE or is_own(sent.get("sec-fetch-site"), sent.get("origin"), sent.get("host")):
        response = await call_next(request)
    else:
        response = JSONResponse({"detail": "다른 사이트에서 온 요청은 받지 않습니다."}, 403)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def is_own(site: str | None, origin: str | None, host: str | None) -> bool:
    """Whether a request comes from the desk's own pages.

    Args:
        site: the header Sec-Fetch-Site, which browsers send over HTTPS and to the own machine.
        origin: the header Origin, which all browsers send with a POST; without both a request is refused.
        host: the header Host. The scheme is not compared: behind a proxy this server does not know it.
    """
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return urlsplit(origin).netloc == host
    return site == "same-origin"
