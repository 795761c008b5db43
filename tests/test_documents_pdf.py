"""PDF: the text layer is read, a picture is told, page numbers are left out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdf
import pytest

from index.errors import TermsError
from index.terms import inspect

if TYPE_CHECKING:
    from pathlib import Path


def pdf(lines: list[str]) -> bytes:
    """A one-page PDF with a text layer in UTF-16 codes, as a font that is not embedded gives it."""
    shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td" for line in lines)
    content = f"BT /F 12 Tf 50 700 Td {shown} ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/UniKS-UCS2-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/F/CIDSystemInfo<</Registry(Adobe)/Ordering(Korea1)/Supplement 1>>"
        b"/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/F/Flags 4/FontBBox[0 0 1 1]/ItalicAngle 0/Ascent 1/Descent 0/CapHeight 1"
        b"/StemV 1>>",
    ]
    file, places = io.BytesIO(b""), []
    file.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    file.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return file.getvalue()


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
