"""A small OpenID Connect provider: discovery, authorize, token and keys, signing with real keys, strict as a real one.

What it says can be changed for one test: `Provider.claims` go over the usual ones (None takes one out).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import FastAPI, Form
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from joserfc.jws import JWSRegistry

from support.desk_client import NOON

if TYPE_CHECKING:
    from joserfc.jwk import Key

CLIENT, SECRET = "desk-client", "geheim-geheim-geheim-geheim-geheim"
NOW = int(NOON.timestamp())
RSA = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})
KEYS: dict[str, Key] = {
    "RS256": RSA,
    "ES256": ECKey.generate_key("P-256", {"kid": "ec", "use": "sig"}),
    # not in the published set
    "stranger": RSAKey.generate_key(2048, {"kid": "rsa"}),
    "HS256": OctKey.import_key(SECRET),  # the client's secret
}


@dataclass
class Provider:
    """``redirect``: the one address that it sends people back to. ``said``: all that it has ever told a client."""

    redirect: str = "https://desk.example/desk/oidc/callback"
    issuer: str = ""
    algorithm: str = "RS256"
    key: str = "RS256"
    claims: dict[str, Any] = field(default_factory=dict)
    description: dict[str, Any] = field(default_factory=dict)
    ask: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def reset(self) -> None:
        """As it was at first."""
        fresh = Provider(issuer=self.issuer)
        self.__dict__.update(fresh.__dict__)

    def describe(self) -> dict[str, Any]:
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }
        return told | self.description

    def token(self, nonce: str) -> str:
        """An id_token."""
        usual = {
            "iss": self.issuer,
            "sub": "7f2c",
            "aud": CLIENT,
            "iat": NOW,
            "exp": NOW + 300,
            "nonce": nonce,
            "email": "kim@example.com",
            "email_verified": True,
            "groups": ["desk-agents", "all"],
        }
        claims = {name: value for name, value in (usual | self.claims).items() if value is not None}
        key = KEYS[self.key]
        header = {"alg": self.algorithm, "kid": key.kid or "rsa"}
        if self.algorithm in ("none", "HS256"):
            # by hand: the library refuses to do what an attacker does
            text = ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
            secret = SECRET.encode() if self.key == "HS256" else RSA.as_pem(private=False)
            digest = hmac.digest(secret, text.encode(), "sha256") if self.algorithm == "HS256" else b""
            return f"{text}.{_encoded(digest)}"
        return jwt.encode(header, claims, key, registry=JWSRegistry(algorithms=[self.algorithm]))

    def begin(self, redirect: str, state: str, nonce: str, challenge: str) -> str:
        """Where the browser goes back to, with a code."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = {"nonce": nonce, "challenge": challenge, "redirect": redirect}
        self.said += [code, nonce]
        return f"{redirect}?{urlencode({'code': code, 'state': state})}"

    def redeem(self, code: str, redirect: str, verifier: str) -> dict[str, str] | None:
        """What is known of a code, for this once; None if it is not the one who asked that has it."""
        given = self.codes.pop(code, {})
        challenge = _encoded(hashlib.sha256(verifier.encode()).digest())
        return given if (given.get("challenge"), given.get("redirect")) == (challenge, redirect) else None


def _encoded(part: bytes) -> str:
    return urlsafe_b64encode(part).decode().rstrip("=")


def provider_app(provider: Provider) -> FastAPI:
    """Its server."""
    app = FastAPI(openapi_url=None)

    @app.get("/.well-known/openid-configuration")
    def describe() -> dict[str, Any]:
        return provider.describe()

    @app.get("/keys")
    def keys() -> dict[str, Any]:
        public = [KEYS[name].as_dict(private=False) for name in ("RS256", "ES256")]
        odd = [{"kty": "AKP", "kid": "new"}, {"kty": "RSA", "use": "enc"}, {"kty": "EC", "crv": "?"}, "no key"]
        return {"keys": [*odd, *public]}

    _add_authorize(app, provider)
    _add_token(app, provider)
    return app


def _add_authorize(app: FastAPI, provider: Provider) -> None:
    @app.get("/authorize")
    def authorize(
        client_id: str,
        redirect_uri: str,
        response_type: str,
        scope: str,
        state: str,
        nonce: str,
        code_challenge: str,
        code_challenge_method: str,
    ) -> Response:
        if (client_id, redirect_uri, response_type) != (CLIENT, provider.redirect, "code"):
            return JSONResponse({"error": "invalid_request"}, 400)
        assert (code_challenge_method, len(code_challenge)) == ("S256", 43)
        assert "openid" in scope.split()
        back = provider.begin(redirect_uri, state, nonce, code_challenge)
        if provider.ask:
            page = f'<html lang="en"><title>Company</title><a href="{back.replace("&", "&amp;")}">Sign in as Kim</a>'
            return HTMLResponse(page)
        return RedirectResponse(back, 303)


def _add_token(app: FastAPI, provider: Provider) -> None:
    @app.post("/token")
    def token(
        *,
        grant_type: str = Form(),
        code: str = Form(),
        redirect_uri: str = Form(),
        code_verifier: str = Form(),
        client_id: str = Form(""),
        client_secret: str = Form(""),
    ) -> Response:
        if (client_id, client_secret) != (CLIENT, SECRET):
            return JSONResponse({"error": "invalid_client"}, 401)
        assert grant_type == "authorization_code"
        given = provider.redeem(code, redirect_uri, code_verifier)
        if given is None:
            return JSONResponse({"error": "invalid_grant"}, 400)
        told = provider.token(given["nonce"])
        provider.said += [told, code_verifier]
        return JSONResponse({"access_token": "access-geheim", "token_type": "Bearer", "id_token": told})
