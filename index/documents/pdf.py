"""PDF with a text layer → text, page after page, without page numbers. Pictures of text are no text."""

from __future__ import annotations

import io
import re

from index.documents.markup import missing
from index.errors import TermsError

MOST_PAGES = 1_000
_PAGE_NUMBER = re.compile(r"\s*(?:[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s*/\s*\d{1,4})\s*")


def read_pdf(data: bytes) -> str:
    """The text of the PDF ``data``.

    Raises:
        TermsError: damaged, encrypted, more than `MOST_PAGES` pages, no text in it, or pypdf is not installed.
    """
    try:
        import pypdf
    except ImportError as error:
        raise missing("pdf") from error
    fault, pages = None, []
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            fault = "암호가 걸린 PDF입니다."
        elif len(reader.pages) > MOST_PAGES:
            fault = f"쪽이 너무 많은 PDF입니다({MOST_PAGES}쪽까지)."
        else:
            pages = [page.extract_text() for page in reader.pages]
    except Exception as error:  # pypdf lets whatever a damaged file makes it stumble over through
        raise TermsError("손상된 PDF입니다.") from error
    if fault:
        raise TermsError(fault)
    lines = [line for page in pages for line in page.splitlines() if not _PAGE_NUMBER.fullmatch(line)]
    if not any(line.strip() for line in lines):
        raise TermsError("글자가 없는 PDF입니다(그림만 있음). 글자 인식(OCR)을 거친 파일을 주세요.")
    return "".join(line + "\n" for line in lines)
