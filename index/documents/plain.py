"""Bytes → text: by byte order mark first, then strict UTF-8, then UTF-16 without a mark, then CP949 (EUC-KR in it)."""

from __future__ import annotations

import codecs
import re
import unicodedata

from index.errors import TermsError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16 LE
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_JAMO = re.compile("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+")
_DAMAGED = 0.1  # fewer bad bytes than this share of a text is UTF-8 with a fault, more is another encoding


def decode(data: bytes) -> str:
    """The text of ``data`` without its byte order mark, with composed Hangul (macOS decomposes it).

    Raises:
        TermsError: no encoding fits; the message begins with ``:line:``.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _compose(_strictly(data.removeprefix(mark), encoding))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _other(data, error)
    if "\0" in text and len(data) % 2 == 0:
        text = _without_mark(data) or text
    return _compose(text)


def _other(data: bytes, error: UnicodeDecodeError) -> str:
    replaced = data.decode("utf-8", "replace")
    foreign = sum(not c.isascii() for c in replaced)
    if replaced.count("\ufffd") > _DAMAGED * foreign:
        if b"\0" in data and len(data) % 2 == 0 and (text := _without_mark(data)):
            return text
        try:
            return data.decode("cp949")
        except UnicodeDecodeError:
            pass
    raise _unreadable(data[: error.start].decode("utf-8", "replace"), "UTF-8") from error


def _without_mark(data: bytes) -> str | None:
    """UTF-16 by the blanks, line breaks and Hangul that the wrong byte order does not give."""
    best, most = None, 0
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        plain = sum(c in " \n\r" or "가" <= c <= "힣" for c in text)
        if plain > most and plain * 2 > len(text) and "\ufffd" not in text:
            best, most = text, plain
    return best


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(data[: error.start].decode(encoding, "replace"), encoding.upper()) from error


def _unreadable(before: str, encoding: str) -> TermsError:
    return TermsError(f":{before.count(chr(10)) + 1}: {encoding}로 읽을 수 없는 글자가 있습니다.")


def _compose(text: str) -> str:
    # only Hangul: normalizing all would also change Hanja, and text must stay what the file says
    return _JAMO.sub(lambda match: unicodedata.normalize("NFC", match.group()), text)
