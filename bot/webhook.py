"""Telling the operator's own program (a messenger, a ticket system) what customers leave.

The body is JSON as Slack's incoming webhooks take it, {"text": …}; how to reach a customer is not in it. With a secret
it is signed: `X-Yakgwan-Signature` is "v1=" and the HMAC-SHA256, in hex, of `X-Yakgwan-Timestamp` (seconds since 1970),
"." and the body.

A request is told at least once: what cannot be delivered stays marked in the journal and is tried again at the next
start; a second server over the same journal may tell it a second time then.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import threading
from time import time
from typing import TYPE_CHECKING, Protocol

import httpx2
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from bot.values.webhook import HERE
from index.errors import YakgwanError

if TYPE_CHECKING:
    from bot.journal.names import Notice
    from bot.journal.requests import Request, Requests

log = logging.getLogger(__name__)

ROOM = 500  # requests that wait to be told at most; each has some kilobytes
SENDERS = 4  # that are told at the same time
ATTEMPTS = 8  # within some two minutes
PAUSES = (1.0, 60.0)  # seconds between two attempts, doubled each time, and up to a second more: at first, at most
SECONDS = 10.0  # for one attempt, from the connection to the code of the response
AGAIN = 60.0  # seconds, for a journal that is away at the start
LATER = {408, 425, 429}  # codes below 500 after which another attempt may go well


class Deliveries(Protocol):
    """Who counts how telling goes (`bot.web.metrics`)."""

    def notified(self, outcome: str) -> None: ...


class NotTakenError(Exception):
    """The receiver answered with another code than 200 to 299."""

    def __init__(self, code: int) -> None:
        super().__init__(f"it answered with {code}")
        self.lasting = code < 500 and code not in LATER


class Webhook:
    """Delivers to ``address`` (of `read_webhook`), signed with ``secret`` unless that is "".

    ``desk``: scheme and host of the desk, "" if they are not known. ``pauses`` and ``seconds``: as `PAUSES`, `SECONDS`.
    """

    def __init__(
        self,
        address: str,
        secret: str,
        requests: Requests,
        deliveries: Deliveries,
        *,
        desk: str = "",
        pauses: tuple[float, float] = PAUSES,
        seconds: float = SECONDS,
    ) -> None:
        self._address = address
        self._secret = secret.encode()
        self._requests = requests
        self._deliveries = deliveries
        self._desk = desk
        self._pauses = pauses
        self._seconds = seconds
        self._loop: asyncio.AbstractEventLoop | None = None
        self._queue: asyncio.Queue[Request] = asyncio.Queue()
        self._at_hand: set[str] = set()  # codes that wait or are told now
        self._lock = threading.Lock()

    def tell(self, request: Request) -> bool:
        """Have a request told; returns at once, from any thread. False if it has to wait for the next start."""
        loop = self._loop
        if loop is None or not self._take(request.code):
            return False
        try:
            loop.call_soon_threadsafe(self._queue.put_nowait, request)
        except RuntimeError:  # the loop has ended meanwhile
            return False
        return True

    async def run(self) -> None:
        """Tell what was left over, and then what comes, until cancelled."""
        self._loop = asyncio.get_running_loop()
        own = httpx2.URL(self._address).host not in HERE  # others may be behind a proxy of the company
        try:
            async with (
                httpx2.AsyncClient(follow_redirects=False, timeout=self._seconds, trust_env=own) as client,
                asyncio.TaskGroup() as group,
            ):
                for _ in range(SENDERS):
                    group.create_task(self._send_on(client))
                group.create_task(self._resume())
        finally:
            self._loop = None

    async def _resume(self) -> None:
        left: list[Request] | None = None
        while left is None:
            try:
                left = await asyncio.to_thread(self._requests.untold, ROOM)
            except YakgwanError as error:
                log.error("what is still to be told cannot be read: %s", error)  # noqa: TRY400  # the message says why
                await asyncio.sleep(AGAIN)
        for request in left:
            if self._take(request.code):
                self._queue.put_nowait(request)

    def _take(self, code: str) -> bool:
        """Whether there is room for a request, and it is not told already."""
        with self._lock:
            if len(self._at_hand) >= ROOM or code in self._at_hand:
                return False
            self._at_hand.add(code)
            return True

    async def _send_on(self, client: httpx2.AsyncClient) -> None:
        while True:
            request = await self._queue.get()
            notice: Notice = "failed"
            try:
                notice = await self._deliver(client, request)
            except Exception:
                # the outermost layer: one request must not keep the others from being told
                log.exception("telling a request failed")
            await self._mark(request, notice)
            with self._lock:
                self._at_hand.discard(request.code)

    async def _mark(self, request: Request, notice: Notice) -> None:
        self._deliveries.notified(notice)
        try:
            await asyncio.to_thread(self._requests.mark, request.code, notice)
        except YakgwanError as error:
            log.error("how telling a request went cannot be written: %s", error)  # noqa: TRY400  # the message says why

    async def _deliver(self, client: httpx2.AsyncClient, request: Request) -> Notice:
        body = json.dumps({"text": message(request, self._desk)}, ensure_ascii=False).encode()
        first, longest = self._pauses
        try:
            async for attempt in AsyncRetrying(
                stop=stop_after_attempt(ATTEMPTS),
                wait=wait_exponential_jitter(multiplier=first, max=longest, jitter=first),
                retry=retry_if_exception(_passing),
                reraise=True,
            ):
                with attempt:
                    await self._post(client, body)
        except (NotTakenError, httpx2.HTTPError, TimeoutError) as error:
            # nothing of the address, which may be a secret, and nothing of what was left
            why = str(error) if isinstance(error, NotTakenError) else type(error).__name__
            log.error("a request could not be told to BOT_WEBHOOK: %s", why)  # noqa: TRY400
            return "failed"
        return "sent"

    async def _post(self, client: httpx2.AsyncClient, body: bytes) -> None:
        headers = {"Content-Type": "application/json; charset=utf-8"} | signed(self._secret, int(time()), body)
        # its own limits are of each step; what is said beside the code is not read
        async with (
            asyncio.timeout(self._seconds),
            client.stream("POST", self._address, content=body, headers=headers) as response,
        ):
            if not response.is_success:
                raise NotTakenError(response.status_code)


def signed(secret: bytes, at: int, body: bytes) -> dict[str, str]:
    """The headers by which a receiver knows who sent ``body``, and when (seconds since 1970); none without a secret."""
    if not secret:
        return {}
    digest = hmac.new(secret, f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Yakgwan-Timestamp": str(at), "X-Yakgwan-Signature": f"v1={digest}"}


def message(request: Request, desk: str) -> str:
    """What is told: the code, what it is about, whether the customer can be called back, where the desk shows it."""
    reach = "연락처를 남겼습니다." if request.reachable else "연락처는 남기지 않았습니다."
    link = [f"{desk}/desk/#/requests/{request.code}"] if desk else []
    return "\n".join([f"새 상담 요청 {request.code}", _harmless(request.about), reach, *link])


def _harmless(text: str) -> str:
    """Without what a messenger would read as a call to everybody or as a link with another name."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "(at)")


def _passing(error: BaseException) -> bool:
    if isinstance(error, NotTakenError):
        return not error.lasting
    return isinstance(error, httpx2.HTTPError | TimeoutError)
