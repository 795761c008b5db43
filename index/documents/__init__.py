"""Files of all formats that terms come in → text: one module a format, whose library is imported when it is met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.archive import members
from index.documents.docx import read_docx
from index.documents.html import looks_like_html, read_html
from index.documents.hwpx import read_hwpx
from index.documents.markdown import read_plain
from index.documents.pdf import read_pdf
from index.documents.plain import decode
from index.errors import TermsError

if TYPE_CHECKING:
    from pathlib import Path

    from index.documents.document import Document

LARGEST_FILE = 20_000_000  # bytes
_OLD_HWP = b"\xd0\xcf\x11\xe0"  # of OLE files: HWP 5, DOC


def read_document(path: Path) -> Document:
    """The text of the file at ``path``, whatever its format: plain text, Markdown, HTML, DOCX, HWPX or PDF.

    The content tells the format, not the name. Plain text keeps its lines.

    Raises:
        TermsError: too large, of an unknown format or encoding, damaged, without text, or its library is missing.
        OSError: it cannot be read.
    """
    if path.is_file() and path.stat().st_size > LARGEST_FILE:
        raise TermsError(f"{path}: 파일이 너무 큽니다({LARGEST_FILE // 1_000_000} MB까지).")
    data = path.read_bytes()
    try:
        return _read(data)
    except TermsError as error:
        separator = "" if str(error).startswith(":") else ": "
        raise TermsError(f"{path}{separator}{error}") from error


def suffix_of(data: bytes) -> str:
    """How the name of a file with this content ends: ".pdf", ".docx", ".hwpx", ".html" or ".txt".

    Raises:
        TermsError: of an unknown format or encoding, or damaged.
    """
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        names = members(data)
        if "word/document.xml" in names:
            return ".docx"
        if any(name.startswith("Contents/section") for name in names):
            return ".hwpx"
        raise TermsError("DOCX도 HWPX도 아닌 압축 파일입니다.")
    if data.startswith(_OLD_HWP):
        raise TermsError("HWP·DOC 파일은 읽지 못합니다. HWPX, DOCX 또는 PDF로 저장해 주세요.")
    return ".html" if looks_like_html(decode(data)) else ".txt"


def _read(data: bytes) -> Document:
    suffix = suffix_of(data)
    if suffix in _OF_BYTES:
        return _OF_BYTES[suffix](data)
    text = decode(data)
    return read_html(text) if suffix == ".html" else read_plain(text)


_OF_BYTES = {".pdf": read_pdf, ".docx": read_docx, ".hwpx": read_hwpx}
