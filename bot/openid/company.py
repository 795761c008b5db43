"""The company's log-in as the desk uses it, if the settings say that there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.openid.person import Rules
from bot.values.openid import read_issuer

if TYPE_CHECKING:
    from bot.openid.provider import Provider
    from bot.settings import Settings

BACK = "/desk/oidc/callback"  # where the provider sends people back to; it knows this address


@dataclass(frozen=True, slots=True)
class Company:
    """``button``: what stands on it."""

    provider: Provider
    rules: Rules
    button: str


def open_company(settings: Settings, base: str) -> Company | None:
    """The log-in of the settings, None without one. ``base``: scheme and host of the desk as people call it."""
    issuer = read_issuer(settings.oidc_issuer)
    if not issuer:
        return None
    # imported here: a desk without it waits for no library of log-ins
    from bot.openid.provider import Provider, Registration

    registration = Registration(
        issuer=issuer,
        client=settings.oidc_client,
        secret=settings.oidc_secret.get_secret_value(),
        scopes=settings.oidc_scopes,
        redirect=base + BACK,
    )
    managers, agents = frozenset(settings.oidc_managers), frozenset(settings.oidc_agents)
    rules = Rules(settings.oidc_name, settings.oidc_role, managers, agents)
    return Company(Provider(registration), rules, settings.oidc_button)
