"""The company's provider over the network: where to log in there, and what it says of who did (Authlib)."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import anyio
import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from bot.openid.errors import RefusedError, UnreachableError
from bot.openid.id_token import NO_PROOF, Expected, read_id_token
from bot.values.openid import DOCUMENT, is_safe
from bot.values.webhook import HERE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.openid.ticket import Ticket

log = logging.getLogger(__name__)

SECONDS = 8.0  # for all that one step of a log-in asks of the provider, and the wait for its turn
AT_ONCE = 4  # steps; people log in a few times a day
MOST = 500_000  # bytes of an answer
AWAY = "지금은 회사 로그인에 연결할 수 없습니다. 비밀번호로 로그인하거나 잠시 뒤 다시 시도해 주세요."
MISSET = "회사 로그인의 설정이 맞지 않습니다. 비밀번호로 로그인하고 관리자에게 알려 주세요."
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Registration:
    """The desk as the provider knows it. ``redirect``: the address that it sends people back to."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    scopes: str
    redirect: str


class Provider:
    """Asks anew at each log-in, so that keys and addresses that change are known at once.

    Every method raises UnreachableError: no answer in time, or none that a provider gives.
    """

    def __init__(self, registration: Registration) -> None:
        self._desk = registration
        self._places = anyio.CapacityLimiter(AT_ONCE)

    async def look(self) -> dict[str, Any]:
        """Its own description, of which issuer and addresses are checked."""
        async with self._asking() as client:
            return await self._describe(client)

    async def address_to_log_in(self, ticket: Ticket) -> str:
        """Where a browser goes to log in."""
        async with self._asking() as client:
            there = (await self._describe(client))["authorization_endpoint"]
            url, _ = client.create_authorization_url(
                there, state=ticket.state, nonce=ticket.nonce, code_verifier=ticket.verifier
            )
            return str(url)

    async def claims_of(self, ticket: Ticket, code: str, now: int) -> dict[str, Any]:
        """What the provider says of who came back with a code; ``now``: seconds since 1970.

        Raises:
            RefusedError: no such code, or a token that proves nobody.
        """
        async with self._asking() as client:
            described = await self._describe(client)
            # in the body, where the standard leaves no doubt about how a secret is written, if the provider reads it
            methods = described.get("token_endpoint_auth_methods_supported") or ()
            client.token_endpoint_auth_method = (
                f"client_secret_{'post' if 'client_secret_post' in methods else 'basic'}"
            )
            token = await client.fetch_token(described["token_endpoint"], code=code, code_verifier=ticket.verifier)
            keys = await _get(client, described["jwks_uri"])
        access = token.get("access_token")
        expected = Expected(
            described["issuer"], self._desk.client, ticket.nonce, access if isinstance(access, str) else "", now
        )
        return read_id_token(token.get("id_token"), keys, expected)

    async def _describe(self, client: AsyncOAuth2Client) -> dict[str, Any]:
        told = await _get(client, self._desk.issuer.rstrip("/") + DOCUMENT)
        issuer, wanted = told.get("issuer"), self._desk.issuer.rstrip("/")
        fits = isinstance(issuer, str) and issuer.rstrip("/") == wanted
        if not fits or not all(isinstance(told.get(name), str) and is_safe(told[name]) for name in ENDPOINTS):
            log.error("the provider of BOT_OIDC_ISSUER calls itself by another name, or has addresses without HTTPS")
            raise UnreachableError(MISSET)
        return told

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[AsyncOAuth2Client]:
        """A client for one step, in its turn and its time; what goes wrong within becomes an error of ours."""
        try:
            async with asyncio.timeout(SECONDS), self._places, self._open() as client:
                yield client
        except OAuthError as error:
            code = str(error.error)
            log.error("the provider refuses: %r", code[:40])  # noqa: TRY400  # its own words may be anything
            if code == "invalid_grant":
                raise RefusedError(NO_PROOF) from None
            raise UnreachableError(MISSET) from None
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, ValueError, RecursionError) as error:
            log.error("the provider cannot be reached: %s", type(error).__name__)  # noqa: TRY400  # no address, no code
            raise UnreachableError(AWAY) from None

    def _open(self) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            client_id=self._desk.client,
            client_secret=self._desk.secret,
            scope=self._desk.scopes,
            redirect_uri=self._desk.redirect,
            code_challenge_method="S256",
            timeout=SECONDS,
            follow_redirects=False,
            trust_env=httpx2.URL(self._desk.issuer).host not in HERE,  # others may be behind a proxy of the company
            headers={"Accept-Encoding": "identity"},
            event_hooks={"response": [_bound]},
        )


async def _get(client: AsyncOAuth2Client, address: str) -> dict[str, Any]:
    """A JSON object. Raises HTTPError or ValueError for anything else."""
    response = await client.request("GET", address, withhold_token=True)
    response.raise_for_status()
    found = response.json()
    if not isinstance(found, dict):
        raise ValueError(f"no JSON object at {address}")  # noqa: TRY004  # as of JSON that cannot be read
    return found


async def _bound(response: httpx2.Response) -> None:
    """Before the body of an answer is read: no more of it than `MOST`."""
    assert isinstance(response.stream, httpx2.AsyncByteStream)  # noqa: S101  # of an asynchronous client
    response.stream = _Bounded(response.stream)


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MOST
        async for part in self._stream:
            left -= len(part)
            if left < 0:
                raise httpx2.ReadError("the answer is too long")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()
