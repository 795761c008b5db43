"""How many questions one address may ask."""

from __future__ import annotations

import pytest

from bot.web.limits import Limiter, network, wait_hint
from index.errors import SettingsError


def test_an_address_may_ask_as_often_as_the_rate_says_and_then_waits() -> None:
    limiter = Limiter("2/day")
    assert [limiter.allow("192.0.2.1") for _ in range(2)] == [None, None]
    wait = limiter.allow("192.0.2.1")
    assert wait is not None
    assert 0 < wait <= 2 * 86_400


def test_another_address_is_counted_by_itself() -> None:
    limiter = Limiter("1/day")
    assert limiter.allow("192.0.2.1") is None
    assert limiter.allow("192.0.2.2") is None
    assert limiter.allow("192.0.2.1") is not None


def test_two_limiters_do_not_count_together() -> None:
    assert Limiter("1/day").allow("192.0.2.1") is None
    assert Limiter("1/day").allow("192.0.2.1") is None


@pytest.mark.parametrize(
    ("address", "one"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:0:1:aaaa::1", "2001:db8:0:1::/64"),
        ("2001:db8:0:1:bbbb::2", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_what_counts_as_one_client(address: str, one: str) -> None:
    assert network(address) == one


@pytest.mark.parametrize("rate", ["", "30", "many", "30/fortnight", "-1/minute", "0/minute", "1/second;30/minute"])
def test_a_rate_that_cannot_be_read_names_the_setting(rate: str) -> None:
    with pytest.raises(SettingsError, match="BOT_RATE"):
        Limiter(rate)


@pytest.mark.parametrize("rate", ["30/minute", "5 per 10 seconds", "1000/day"])
def test_rates_of_several_forms_are_read(rate: str) -> None:
    assert Limiter(rate).allow("192.0.2.1") is None


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0.2, "1초"), (59.1, "60초"), (119, "119초"), (120, "2분"), (121, "3분")]
)
def test_the_hint_says_how_long_to_wait(seconds: float, shown: str) -> None:
    assert wait_hint(seconds) == f"잠시 동안 질문이 너무 많았습니다. {shown} 뒤에 다시 시도해 주세요."
