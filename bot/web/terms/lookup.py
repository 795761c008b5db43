"""The documents, editions and articles that an address names."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from unicodedata import normalize

from fastapi import HTTPException

from index.errors import TermsError

if TYPE_CHECKING:
    from bot.service import Service
    from index.editions.edition import Edition
    from index.terms import Article

log = logging.getLogger(__name__)


def find_edition(service: Service, terms: str, date: str = "") -> Edition:
    """The document of this name in the edition in force, or in the one that took effect on ``date``.

    Raises:
        HTTPException: 404 if there is none.
    """
    name = normalize("NFC", terms)
    current = next((e for e in service.editions if e.name == name), None)
    if current is not None and date in ("", current.date):
        return current
    library = service.in_force.library
    if name not in library.names():
        raise HTTPException(404, "그런 약관이 없습니다.")
    try:
        found = library.edition(name, date)
    except TermsError as error:
        log.error("an edition cannot be read: %s", error)  # noqa: TRY400  # the message says what is wrong
        raise HTTPException(404, "이 판은 읽을 수 없습니다.") from error
    if found is None:
        raise HTTPException(404, "그런 시행일의 약관이 없습니다." if date else "아직 시행 전인 약관입니다.")
    return found


def find_article(edition: Edition, number: str) -> Article:
    """The article with this number. Raises HTTPException (404) if there is none."""
    article = edition.article(normalize("NFC", number))
    if article is None:
        raise HTTPException(404, "그런 조가 없습니다.")
    return article
