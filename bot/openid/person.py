"""Who somebody is at the desk, by what the provider says of that person; closed by default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.journal.accounts import LONGEST_NAME, SHORTEST_NAME, name_key
from bot.journal.names import Role
from bot.openid.errors import NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Mapping

MAIL = "email"
NAMELESS = "회사 로그인이 이름을 알려 주지 않았습니다. 관리자에게 알려 주세요(BOT_OIDC_NAME)."
UNFIT = (
    f"회사 로그인이 알려 준 이름은 쓸 수 없습니다({SHORTEST_NAME}–{LONGEST_NAME}자의 보통 글자여야 함). "
    "관리자에게 알려 주세요."
)
UNVERIFIED = "회사 로그인에서 이메일이 확인되지 않은 계정입니다. 관리자에게 물어보세요."
NO_ROLE = "회사 로그인은 되었지만 상담 데스크를 쓸 권한이 없습니다. 관리자에게 물어보세요."


@dataclass(frozen=True, slots=True)
class Person:
    """``name``: as the account is called."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Rules:
    """Which claim holds the name and which one the roles, and what values of that make a manager or an agent."""

    name: str
    role: str
    managers: frozenset[str]
    agents: frozenset[str]

    def read(self, claims: Mapping[str, object]) -> Person:
        """The person of claims that were verified.

        Raises:
            NotAllowedError: no name, one that is no account's, an address of mail that is not verified, or no role.
        """
        if MAIL in (self.name, self.role) and claims.get("email_verified") is not True:
            raise NotAllowedError(UNVERIFIED)
        name = claims.get(self.name)
        if not isinstance(name, str) or not name:
            raise NotAllowedError(NAMELESS)
        # what only looks like another name would be taken for it when names are compared
        if not SHORTEST_NAME <= len(name) <= LONGEST_NAME or name_key(name) != name.lower():
            raise NotAllowedError(UNFIT)
        return Person(name, self._role(claims, name))

    def _role(self, claims: Mapping[str, object], name: str) -> Role:
        values = _texts(_find(claims, self.role))
        if values & self.managers:
            return Role.MANAGER
        if values & self.agents:
            return Role.AGENT
        raise NotAllowedError(NO_ROLE, name)


def _find(claims: Mapping[str, object], name: str) -> object:
    """A claim by its name, which may also be a path: "realm_access.roles"."""
    if name in claims:
        return claims[name]
    found: object = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _texts(value: object) -> set[str]:
    return {one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)}
