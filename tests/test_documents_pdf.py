"""PDF: the text layer is read, a picture is told, page numbers are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
import pytest
from support.files import pdf

from index.errors import TermsError
from index.terms import inspect

if TYPE_CHECKING:
    from pathlib import Path


def test_the_text_layer_is_read_without_page_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(["가게 약관", "제1조 (목적)", "① 팝니다.", "- 1 -", "② 삽니다."]))
    article = inspect(path).articles[0]
    assert (article.title, [p.text for p in article.paragraphs]) == ("목적", ["팝니다.", "삽니다."])


def test_a_pdf_without_text_is_told(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(TermsError, match="글자가 없는 PDF"):
        inspect(tmp_path / "a.pdf")


def test_a_locked_pdf_is_told(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-40")
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(TermsError, match="암호가 걸린 PDF"):
        inspect(tmp_path / "a.pdf")
