"""`GET /healthz` (is it alive), `GET /readyz` (does it answer) and `GET /metrics` (how does it do)."""

from __future__ import annotations

from ipaddress import ip_address
from time import monotonic
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, move_on_after, to_thread
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.service import Service
    from bot.web.metrics import Metrics

KEPT_SECONDS = 5.0  # that one look at the answers is worth
BOUND_SECONDS = 3.0  # in which a question has to be answered
SLOW = "slow"


class Readiness:
    """Whether a question is answered now: asked once in ``kept`` seconds at most, however many want to know.

    ``probe``: see `Service.probe`; it is done in a thread, and one that takes longer than ``bound`` seconds is not
    waited for, nor is another one begun beside it.
    """

    def __init__(
        self,
        probe: Callable[[], str],
        kept: float = KEPT_SECONDS,
        bound: float = BOUND_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._probe = probe
        self._kept = kept
        self._bound = bound
        self._clock = clock
        self._under_way = False
        self._reason, self._looked = SLOW, -kept

    async def reason(self) -> str:
        """ "" if it is ready, else why not, in one word."""
        if self._under_way or self._clock() - self._looked < self._kept:
            return self._reason
        self._under_way, reason = True, SLOW
        with move_on_after(self._bound):
            # a limiter of its own: what is asked may hold all threads of the pages
            reason = await to_thread.run_sync(self._probed, abandon_on_cancel=True, limiter=CapacityLimiter(1))
        self._reason, self._looked = reason, self._clock()
        return reason

    def _probed(self) -> str:
        try:
            return self._probe()
        finally:
            self._under_way = False


def build_operations(service: Service, journal_state: Callable[[], str], metrics: Metrics) -> APIRouter:
    """The routes; none waits for an answer of a customer or for the database. ``journal_state``: see `Writer.state`.

    The figures are for this machine alone; to others they are not there.
    """
    operations = APIRouter(include_in_schema=False)
    readiness = Readiness(service.probe)

    @operations.get("/healthz")
    async def health() -> JSONResponse:
        """200 as long as the process answers; `state`: loading, ready, words_only (no embedding model) or failed.

        `journal`: how it is.
        """
        return JSONResponse(service.report() | {"journal": journal_state()})

    @operations.get("/readyz")
    async def ready() -> JSONResponse:
        """200 if a question is answered; else 503, with the reason in one word."""
        reason = await readiness.reason()
        return JSONResponse({"ready": False, "reason": reason} if reason else {"ready": True}, 503 if reason else 200)

    @operations.get("/metrics")
    async def figures(request: Request) -> Response:
        if not is_local(request.client.host if request.client else "", request.headers):
            raise HTTPException(404)
        content, content_type = metrics.exposition(service.report()["state"], request.headers.get("accept", ""))
        return Response(content, headers={"content-type": content_type})

    return operations


def is_local(address: str, headers: Mapping[str, str]) -> bool:
    """Whether a request comes from this machine itself and was not passed on by a proxy on it."""
    try:
        loopback = ip_address(address).is_loopback
    except ValueError:
        return False
    return loopback and not {"forwarded", "via", "x-forwarded-for", "x-real-ip"} & {name.lower() for name in headers}
