"""DOCX → text: paragraphs and tables in the order of the document, a line each."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from index.documents.archive import members
from index.documents.markup import missing, parse_member
from index.errors import TermsError

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_docx(data: bytes) -> str:
    """The text of the Word document ``data``.

    Raises:
        TermsError: damaged, entities in its XML, or python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise missing("docx") from error
    for name in members(data):
        if name.endswith((".xml", ".rels")):
            parse_member(data, name, "docx")
    try:
        lines = list(_lines(docx.Document(io.BytesIO(data)).iter_inner_content()))
    except Exception as error:  # python-docx lets whatever it stumbles over through
        raise TermsError("손상된 DOCX 파일입니다.") from error
    return "".join(line + "\n" for line in lines)


def _lines(blocks: Any) -> Iterator[str]:  # noqa: ANN401 - paragraphs and tables share no base with these
    for block in blocks:
        if hasattr(block, "rows"):
            for row in block.rows:
                yield " | ".join(" ".join(cell.text.split()) for cell in row.cells)
        else:
            yield from block.text.splitlines() or [""]
