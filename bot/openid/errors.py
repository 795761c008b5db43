"""Why somebody cannot log in at the company's provider; each message is a Korean line for that person."""

from __future__ import annotations

from index.errors import YakgwanError


class OpenIdError(YakgwanError):
    """No log-in. The message holds nothing that the provider or the browser sent."""


class UnreachableError(OpenIdError):
    """The provider does not answer now, or not as it must: nobody's fault who logs in."""


class RefusedError(OpenIdError):
    """What came from the provider proves nobody."""


class NotAllowedError(OpenIdError):
    """The provider knows the person, and the person may not use the desk. ``name``: of the account, "" for none."""

    def __init__(self, message: str, name: str = "") -> None:
        super().__init__(message)
        self.name = name
