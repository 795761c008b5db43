"""Whether an id_token is the provider's own word, for this desk and this log-in; what it says then."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, KeySet
from joserfc.jws import JWSRegistry

from bot.openid.errors import RefusedError, UnreachableError

if TYPE_CHECKING:
    from joserfc.jwk import Key

# asymmetric ones: neither "none" nor one that takes the client's secret for a key
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
KINDS = ("RSA", "EC", "OKP")
LEEWAY = 60  # seconds by which two clocks may differ
LONGEST = 64_000  # characters of a token
MOST = 100  # keys
NO_PROOF = "회사 로그인을 확인하지 못했습니다. 처음부터 다시 로그인해 주세요."
NO_KEYS = "회사 로그인의 열쇠를 읽을 수 없습니다. 비밀번호로 로그인하거나 잠시 뒤 다시 시도해 주세요."


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say. ``access``: the access token beside it, of which it may hold a hash; ``now``: seconds."""

    issuer: str
    client: str
    nonce: str = field(repr=False)
    access: str = field(repr=False)
    now: int


def read_id_token(token: object, keys: object, expected: Expected) -> dict[str, Any]:
    """The claims of a token that is signed by one of ``keys`` (a JSON Web Key Set) and says what is expected.

    Raises:
        RefusedError: anything else.
        UnreachableError: no key of the set can be used.
    """
    if not isinstance(token, str) or len(token) > LONGEST:
        raise RefusedError(NO_PROOF)
    usable = _usable(keys)
    try:
        registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        read = jwt.decode(token, KeySet(usable), registry=registry)
        claims = CodeIDToken(
            read.claims,
            read.header,
            {
                "iss": {"essential": True, "value": expected.issuer},
                "aud": {"essential": True, "value": expected.client},
            },
            {"nonce": expected.nonce, "client_id": expected.client, "access_token": expected.access},
        )
        claims.validate(now=expected.now, leeway=LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        # the message of some of these holds a part of the token
        raise RefusedError(NO_PROOF) from error
    return dict(claims)


def _usable(keys: object) -> list[Key]:
    """The public keys that sign; those of a kind that is not known are left out."""
    listed = keys.get("keys") if isinstance(keys, dict) else None
    found: list[Key] = []
    for one in listed[:MOST] if isinstance(listed, list) else ():
        if isinstance(one, dict) and one.get("kty") in KINDS and one.get("use", "sig") == "sig":
            try:
                found.append(JWKRegistry.import_key(one))
            except (JoseError, ValueError, TypeError, KeyError):
                continue
    if not found:
        raise UnreachableError(NO_KEYS)
    return found
