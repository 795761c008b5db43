"""What may be a password, and how it is kept: as an Argon2id hash (the only argon2). After NIST SP 800-63B."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from index.errors import YakgwanError

LENGTH = (10, 200)
_COMMON = """
0000000000 0123456789 0987654321 1111111111 1212121212 1231231231 1234512345 12345678910 1234567890 1234567890a
12345qwert 123456789a 123456abcd 1234abcd!! 1234qwer!! 1q2w3e4r!! 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc a123456789
aaaaaaaaaa abcd123456 abcd1234!! abcdefghij admin12345 admin123456 administrator asdf123456 asdfasdf12 asdfghjkl1
asdfghjkl; changeme123 iloveyou12 iloveyou123 password01 password12 password123 password1234 password1! passw0rd123
q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedc1 qwer12345! qwer1234!! qwerasdf12 qwerty1234 qwerty12345 qwerty123456 qwertyuiop
qwertyuiop1 welcome123 welcome1234 zxcvbnm123
비밀번호123456 비밀번호1234567 비밀번호12345678 상담데스크12345 가나다라마바사아자차
"""
COMMON = frozenset(_COMMON.split())  # of those that are long enough the ones that are tried first
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # those that are not mistaken for one another
GROUPS = 4  # of four letters: 79 bits
_HASHER = PasswordHasher()


class PasswordError(YakgwanError):
    """The text cannot be a password; the message says why."""


def hash_password(text: str, name: str) -> str:
    """The Argon2id hash of a new password for the account ``name``.

    Raises:
        PasswordError: shorter or longer than `LENGTH` (characters), the name itself, or one that everybody tries.
    """
    if not LENGTH[0] <= len(text) <= LENGTH[1]:
        raise PasswordError(f"비밀번호는 {LENGTH[0]}자 이상 {LENGTH[1]}자 이하여야 합니다.")
    if _folded(text) == _folded(name):
        raise PasswordError("이름과 같은 비밀번호는 쓸 수 없습니다.")
    if _folded(text) in COMMON:
        raise PasswordError("누구나 먼저 넣어 보는 비밀번호입니다. 다른 것으로 정해 주세요.")
    return _HASHER.hash(_plain(text))


def verify_password(hashed: str, text: str) -> bool:
    """Whether ``text`` is the password; takes some 50 ms and 64 MiB, so only one at a time.

    ``hashed``: "" for nobody's, which no text is, after the same time.
    """
    if len(text) > LENGTH[1]:
        return False
    nobodys = _nobodys()  # whether it is needed or not: made at the first time, it takes as long again
    try:
        _HASHER.verify(hashed or nobodys, _plain(text))
    except VerificationError:
        return False
    return bool(hashed)


def one_time_password() -> str:
    """A random password that can be read out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(GROUPS))


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe(32))


def _plain(text: str) -> str:
    # keyboards differ in how they compose Hangul
    return unicodedata.normalize("NFC", text)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
