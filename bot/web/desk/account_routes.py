"""The accounts of the desk, for who manages them: add, another role, a one-time password, disable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.journal.accounts import LONGEST_NAME, SHORTEST_NAME, AccountError
from bot.journal.names import ROLES, Role
from bot.passwords import hash_password, one_time_password
from bot.web.desk import views
from bot.web.desk.guard import Present, Visit  # noqa: TC001  # FastAPI reads the annotations
from bot.web.templating import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.journal.accounts import Account
    from bot.web.desk.state import Desk

PLACE = "/desk/accounts"


def account_routes(desk: Desk) -> APIRouter:
    """GET and POST /accounts; POST /accounts/{id}/password, role, disable and enable."""
    routes = APIRouter(prefix="/accounts")

    @routes.get("")
    def show(visit: Present) -> HTMLResponse:
        return _page(desk, visit)

    @routes.post("")
    def add(visit: Present, role: Annotated[Role, Form()], name: Annotated[str, Form()] = "") -> Response:
        password = one_time_password()
        try:
            made = desk.accounts.add(name[:200], role, hash_password(password, name), one_time=True)
        except AccountError as error:
            return _page(desk, visit, message=str(error), code=400)
        desk.note(visit, "account", about=f"{made.name}: {ROLES[made.role]} 계정을 만듦")
        return _page(desk, visit, given=(made, password))

    @routes.post("/{id}/password")
    def reset(visit: Present, id: int) -> Response:
        return _given_anew(desk, visit, id)

    @routes.post("/{id}/role")
    def change_role(visit: Present, id: int, role: Annotated[Role, Form()]) -> Response:
        return _changed(desk, visit, lambda: desk.accounts.set_role(id, role), f"{ROLES[role]}(으)로 바꿈")

    @routes.post("/{id}/disable")
    def disable(visit: Present, id: int) -> Response:
        return _changed(desk, visit, lambda: desk.accounts.disable(id), "막음")

    @routes.post("/{id}/enable")
    def enable(visit: Present, id: int) -> Response:
        return _changed(desk, visit, lambda: desk.accounts.enable(id), "다시 쓰게 함")

    return routes


def _given_anew(desk: Desk, visit: Visit, id: int) -> Response:
    password = one_time_password()
    try:
        account = desk.accounts.set_password(id, hash_password(password, ""), one_time=True)
    except AccountError as error:
        return _page(desk, visit, message=str(error), code=400)
    desk.note(visit, "account", about=f"{account.name}: 일회용 비밀번호를 줌")
    return _page(desk, visit, given=(account, password))


def _changed(desk: Desk, visit: Visit, change: Callable[[], Account], said: str) -> Response:
    try:
        account = change()
    except AccountError as error:
        return _page(desk, visit, message=str(error), code=400)
    desk.note(visit, "account", about=f"{account.name}: {said}")
    return RedirectResponse(PLACE, 303)


def _state(account: Account) -> str:
    if account.disabled:
        return "막힘"
    if account.of_company:
        return "회사 계정"
    return "일회용 비밀번호" if account.one_time else "쓰는 중"


def _page(
    desk: Desk, visit: Visit, *, message: str = "", given: tuple[Account, str] | None = None, code: int = 200
) -> HTMLResponse:
    """The list; ``given``: an account and the one-time password that is shown this once."""
    accounts = [
        {
            "id": one.id,
            "name": one.name,
            "role": one.role,
            "role_name": ROLES[one.role],
            "at": views.seoul(one.at),
            "state": _state(one),
            "of_company": one.of_company,
            "disabled": one.disabled,
            "own": one.id == visit.account.id,
        }
        for one in desk.accounts.all()
    ]
    page = render(
        "desk_accounts.html",
        company=desk.company is not None,
        accounts=accounts,
        roles=ROLES,
        message=message,
        given_name=given[0].name if given else "",
        given_password=given[1] if given else "",
        shortest=SHORTEST_NAME,
        longest=LONGEST_NAME,
    )
    return HTMLResponse(page, code)
