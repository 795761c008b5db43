"""What may be a password and how it is recognised."""

from __future__ import annotations

import unicodedata

import pytest

from bot.passwords import COMMON, LENGTH, PasswordError, hash_password, one_time_password, verify_password

GOOD = "다람쥐 쳇바퀴 돌리기"


def test_a_password_is_recognised_however_its_hangul_is_composed() -> None:
    hashed = hash_password(GOOD, "김관리")
    assert hashed.startswith("$argon2id$")
    assert verify_password(hashed, unicodedata.normalize("NFD", GOOD))
    assert not verify_password(hashed, GOOD[:-1])
    assert not verify_password(hashed, GOOD * 100)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("아홉글자뿐입니다.", "10자 이상 200자 이하"),
        ("가" * 201, "10자 이상 200자 이하"),
        ("Long.Name.Of.Somebody", "이름과 같은"),
        ("\uff2c\uff2f\uff2e\uff27.name.of.somebody", "이름과 같은"),
        ("Password123", "누구나 먼저"),
        ("\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff10", "누구나 먼저"),
    ],
)
def test_what_cannot_be_one_is_told(text: str, said: str) -> None:
    with pytest.raises(PasswordError, match=said):
        hash_password(text, "long.name.of.somebody")


def test_nothing_else_is_asked_of_one() -> None:
    assert hash_password("aaaaaaaaab", "김관리")


def test_common_ones_are_those_that_the_length_lets_in() -> None:
    assert len(COMMON) >= 50
    assert {one for one in COMMON if len(one) < LENGTH[0] or one != one.casefold()} == set()


def test_nobodys_password_is_none() -> None:
    assert not verify_password("", GOOD)
    assert not verify_password("", "")


def test_a_one_time_password_is_random_and_can_be_a_password() -> None:
    found = {one_time_password() for _ in range(100)}
    assert len(found) == 100
    assert {len(one) for one in found} == {19}
    assert hash_password(found.pop(), "김관리")
