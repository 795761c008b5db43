"""Who somebody is by what the company's provider says, and the ticket that ties a log-in to one browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.desk_client import NOON

from bot.journal.names import Role
from bot.openid.errors import NotAllowedError
from bot.openid.person import NAMELESS, NO_ROLE, Person, Rules
from bot.openid.ticket import Tickets

NAME = "preferred_username"


def rules(role: str, name: str = NAME) -> Rules:
    return Rules(name, role, frozenset({"boss", "kim@example.com"}), frozenset({"desk"}))


@pytest.mark.parametrize(
    ("role", "said", "expected"),
    [
        ("roles", {"roles": ["desk"]}, Role.AGENT),
        ("roles", {"roles": ["desk", "boss", 1, None]}, Role.MANAGER),
        ("roles", {"roles": "boss"}, Role.MANAGER),
        ("realm_access.roles", {"realm_access": {"roles": ["desk"]}}, Role.AGENT),
        ("https://x.example/roles", {"https://x.example/roles": ["boss"]}, Role.MANAGER),
        ("email", {"email": "kim@example.com", "email_verified": True}, Role.MANAGER),
    ],
)
def test_the_role_by_a_value_a_list_or_a_path(role: str, said: dict[str, object], expected: Role) -> None:
    assert rules(role).read({NAME: "김상담", **said}) == Person("김상담", expected)


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("roles", {}),
        ("roles", {"roles": ["Desk", "desk "]}),
        ("roles", {"roles": [["desk"]]}),
        ("realm_access.roles", {"realm_access": ["desk"]}),
        ("realm_access.roles", {"realm_access": "desk"}),
    ],
)
def test_nothing_else_is_a_role(role: str, said: dict[str, object]) -> None:
    with pytest.raises(NotAllowedError, match=NO_ROLE[:10]) as told:
        rules(role).read({NAME: "김상담", **said})
    assert told.value.name == "김상담"


@pytest.mark.parametrize("name", [None, "", 7, ["김상담"]])
def test_a_name_is_a_text(name: object) -> None:
    with pytest.raises(NotAllowedError, match=NAMELESS[:10]):
        rules("roles").read({NAME: name, "roles": ["desk"]})


def test_a_ticket_is_known_by_its_cookie_and_its_state_together() -> None:
    tickets, others = Tickets(b"0" * 32, lambda: NOON), Tickets(b"1" * 32, lambda: NOON)
    one, two = tickets.new(), tickets.new()
    assert tickets.read(one.cookie, one.state) == one
    assert tickets.read(one.cookie, two.state) is None
    assert others.read(one.cookie, one.state) is None
    assert len({one.state, one.nonce, one.verifier, two.state, two.nonce, two.verifier}) == 6
    assert (len(one.verifier), repr(one)) == (43, "Ticket()")
    for cookie in ("", "x", one.cookie + "0", f"٣{one.cookie[1:]}", f"9{one.cookie[1:]}"):
        assert tickets.read(cookie, one.state) is None


@pytest.mark.parametrize(("later", "known"), [(0, True), (600, True), (601, False), (-2, False)])
def test_a_ticket_lasts_ten_minutes(later: int, known: bool) -> None:
    ticket = Tickets(b"0" * 32, lambda: NOON).new()
    then = Tickets(b"0" * 32, lambda: NOON + timedelta(seconds=later))
    assert (then.read(ticket.cookie, ticket.state) is not None) is known
