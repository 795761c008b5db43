"""How often one client address may ask or send: the only home of the ``limits`` library."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from time import time
from typing import TYPE_CHECKING

from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.exceptions import HTTPException

from bot.values.rates import read_rate
from bot.web.layout import refusal

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from bot.web.metrics import Metrics

IPV6_PREFIX = 64  # bits; one customer's network has this many addresses, so they count as one


class Limiter:
    """Counts questions by client address, in this process; shared by the chat, the HTTP interface and MCP.

    ``rate``: how many in how long, as "30/minute" or "5 per 10 seconds"; ``setting``: where it was read.

    Raises:
        SettingsError: a rate of another form, or of no question at all.
    """

    def __init__(self, rate: str, setting: str = "BOT_RATE") -> None:
        self._rate = read_rate(rate, setting)
        # not the moving window: in memory that keeps an entry for every address it has ever seen
        self._strategy = SlidingWindowCounterRateLimiter(MemoryStorage())

    def allow(self, address: str) -> float | None:
        """Count a question from ``address``: None if it may be asked, else the seconds (> 0) to wait; not counted."""
        key = network(address)
        if self._strategy.hit(self._rate, key):
            return None
        return max(self._strategy.get_window_stats(self._rate, key).reset_time - time(), 0.001)


@dataclass(frozen=True, slots=True)
class Limited:
    """``unlimited`` behind a limit of the requests of one client address, whatever they ask for.

    Raises HTTPException 429 to the application around it.
    """

    unlimited: ASGIApp
    limiter: Limiter
    metrics: Metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait = self.limiter.allow((scope.get("client") or ("",))[0])
        if wait is not None:
            self.metrics.limited()
            raise HTTPException(429, wait_hint(wait), {"Retry-After": str(ceil(wait))})
        await self.unlimited(scope, receive, send)


class PageLimits:
    """Limits the requests of one client address for pages and for the desk, each counted for itself; 429 beyond.

    ``rate``: as `Limiter` takes it; the parts of the application that are limited by others are left to them.
    """

    PARTS = ("/terms", "/api/terms", "/api/docs", "/api/openapi.json", "/desk")

    def __init__(self, app: ASGIApp, rate: str, metrics: Metrics) -> None:
        self._app = app
        self._limiters = {part: Limiter(rate, "BOT_REQUEST_RATE") for part in self.PARTS}
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope.get("path", "")
        part = next((part for part in self.PARTS if path == part or path.startswith(f"{part}/")), None)
        wait = self._limiters[part].allow((scope.get("client") or ("",))[0]) if part else None
        if wait is None:
            await self._app(scope, receive, send)
            return
        self._metrics.limited()
        await refusal(path, wait_hint(wait), 429, {"Retry-After": str(ceil(wait))})(scope, receive, send)


def network(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 network of an IPv6 address; other names as they are."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(ip, IPv6Address):
        return str(ip)
    return str(ip.ipv4_mapped or ip_network((ip, IPV6_PREFIX), strict=False))


def wait_hint(seconds: float, of: str = "질문") -> str:
    """What a person is told who has to wait; ``of``: what there were too many of."""
    wait = ceil(seconds)
    shown = f"{wait}초" if wait < 120 else f"{ceil(wait / 60)}분"
    return f"잠시 동안 {of}이 너무 많았습니다. {shown} 뒤에 다시 시도해 주세요."
