"""Who may take which route of the desk: closed by default, a route that is not in the table is refused."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from bot.journal.names import Role

if TYPE_CHECKING:
    from bot.journal.accounts import Account


class Need(IntEnum):
    """What a route needs; who may take one may take all that need less."""

    NOTHING = 0  # not even a log-in
    LOGIN = 1  # also of an account whose one-time password is still to be changed
    AGENT = 2
    MANAGER = 3


FILES = ("/desk/api/drafts",)  # routes that take in a file, which may be larger than other requests
STATIC = "/static/"  # style, scripts and sign: the page to log in needs them too
TABLE = {
    "GET /login": Need.NOTHING,
    "POST /login": Need.NOTHING,
    "GET /oidc": Need.NOTHING,
    "GET /oidc/callback": Need.NOTHING,
    "POST /logout": Need.LOGIN,
    "GET /me": Need.LOGIN,
    "POST /me/password": Need.LOGIN,
    "POST /me/logout": Need.LOGIN,
    "GET /": Need.AGENT,
    "GET /contents": Need.AGENT,
    "GET /plot/{name}.svg": Need.AGENT,
    "GET /revision.html": Need.AGENT,
    "GET /api/search": Need.AGENT,
    "GET /api/article": Need.AGENT,
    "GET /api/conversations": Need.AGENT,
    "GET /api/conversations/{id}": Need.AGENT,
    "GET /api/codes/{code}": Need.AGENT,
    "GET /api/statistics": Need.AGENT,
    "GET /api/requests": Need.AGENT,
    "GET /api/requests-counted": Need.AGENT,
    "GET /api/requests/{code}": Need.AGENT,
    "POST /api/requests/{code}/state": Need.AGENT,
    "GET /api/editions": Need.AGENT,
    "GET /api/revision": Need.AGENT,
    "POST /api/requests/{code}/forget": Need.MANAGER,
    "POST /export.csv": Need.MANAGER,
    "GET /api/gaps": Need.MANAGER,
    "GET /api/questions": Need.MANAGER,
    "POST /api/questions": Need.MANAGER,
    "POST /api/questions/undo": Need.MANAGER,
    "GET /api/rebuild": Need.MANAGER,
    "GET /api/effect": Need.MANAGER,
    "POST /api/try": Need.MANAGER,
    "GET /api/drafts": Need.MANAGER,
    "POST /api/drafts": Need.MANAGER,
    "GET /api/draft": Need.MANAGER,
    "GET /api/draft/answers": Need.MANAGER,
    "POST /api/draft/answers": Need.MANAGER,
    "POST /api/draft/seen": Need.MANAGER,
    "POST /api/draft/publish": Need.MANAGER,
    "POST /api/draft/discard": Need.MANAGER,
    "POST /api/draft/withdraw": Need.MANAGER,
    "GET /accounts": Need.MANAGER,
    "POST /accounts": Need.MANAGER,
    "POST /accounts/{id}/password": Need.MANAGER,
    "POST /accounts/{id}/role": Need.MANAGER,
    "POST /accounts/{id}/disable": Need.MANAGER,
    "POST /accounts/{id}/enable": Need.MANAGER,
    "GET /access": Need.MANAGER,
    "POST /access.csv": Need.MANAGER,
}


def need_of(method: str, path: str) -> Need | None:
    """What the route at ``path`` (with its parameters' names) needs; None for one that nobody may take."""
    method = "GET" if method == "HEAD" else method
    if method == "GET" and path.startswith(STATIC):
        return Need.NOTHING
    return TABLE.get(f"{method} {path}")


def reach_of(account: Account) -> Need:
    """The most that a logged-in account may take."""
    if account.one_time:
        return Need.LOGIN
    return Need.MANAGER if account.role is Role.MANAGER else Need.AGENT
