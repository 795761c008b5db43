"""Files of all formats and encodings come out as the same text."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.files import hwpx, word, zipped

from index.documents import archive, read_document
from index.documents.document import Document
from index.documents.html import read_html
from index.documents.plain import decode
from index.errors import TermsError
from index.terms import inspect

if TYPE_CHECKING:
    from pathlib import Path

LINES = ["가게 약관", "제1조 (목적)", "① 팝니다.", "② 삽니다."]
TEXT = "".join(line + "\n" for line in LINES)


def told(path: Path, data: bytes) -> list[tuple[str, str, list[str]]]:
    path.write_bytes(data)
    return [(a.number, a.title, [p.text for p in a.paragraphs]) for a in inspect(path).articles]


EXPECTED = [("1", "목적", ["팝니다.", "삽니다."])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949", "euc-kr"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_text_in_any_encoding(tmp_path: Path, encoding: str, newline: str) -> None:
    text = TEXT.replace("\n", newline)
    assert told(tmp_path / "a.txt", text.encode(encoding)) == EXPECTED
    assert read_document(tmp_path / "a.txt").text == text


def test_decomposed_hangul_is_composed_and_nothing_else() -> None:
    hanja = "\uf90a"  # a compatibility character that normalizing would replace
    assert decode((unicodedata.normalize("NFD", TEXT) + hanja).encode()) == TEXT + hanja


def test_a_fault_in_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((TEXT * 3).encode() + b"\xff\n")
    with pytest.raises(TermsError, match=r"a\.txt:13: UTF-8로 읽을 수 없는 글자"):
        read_document(path)


def test_html_is_read_as_its_lines(tmp_path: Path) -> None:
    page = "<!doctype html><title>x</title><script>제9조(악)</script>"
    page += "<h1>가게&nbsp;약관</h1><p><b>제1</b>조 <i>(목적)</i></p>"
    assert told(tmp_path / "a.html", f"{page}<div>① 팝니다.<br>② 삽니다.</div>".encode()) == EXPECTED
    assert read_html("<ol start=2><li>가<li>① 나</ol><ul><li>다</ul><table><tr><td>라<td>마</table>").text == (
        "2. 가\n① 나\n- 다\n라 | 마\n"
    )
    assert read_html("<textarea>가\r\n나</textarea>").text == "가\n나\n"
    assert read_html("<div>" * 5000 + "가").text == "가\n"


def test_office_documents_are_read(tmp_path: Path) -> None:
    assert told(tmp_path / "a.docx", word(LINES)) == EXPECTED
    assert told(tmp_path / "a.hwpx", hwpx(LINES)) == EXPECTED


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.4\nnothing", "손상된 PDF"),
        (b"PK\x03\x04nothing", "압축이 손상된 파일"),
        (zipped(a="b"), "DOCX도 HWPX도 아닌"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "HWPX, DOCX 또는 PDF로 저장"),
        (hwpx(["&a;"], '<!DOCTYPE x [<!ENTITY a "b">]>'), "entity"),
        (zipped(Contents__section0_xml="<a>"), "XML이 손상된"),
        (zipped(word__document_xml="<a/>"), "손상된 DOCX"),
    ],
    ids=["pdf", "zip", "other zip", "hwp", "entity", "xml", "docx"],
)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(data)
    with pytest.raises(TermsError, match=message):
        read_document(path)


def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_MEMBER", 1000)
    with pytest.raises(TermsError, match="너무 커지는"):
        told(tmp_path / "a.hwpx", hwpx(["가" * 2000]))
    monkeypatch.setattr("index.documents.LARGEST_FILE", 10)
    with pytest.raises(TermsError, match="파일이 너무 큽니다"):
        told(tmp_path / "a.txt", TEXT.encode())


@pytest.mark.parametrize(
    ("module", "data", "line"),
    [("docx", word(LINES), r"\[docx\]"), ("defusedxml", hwpx(LINES), r"\[hwpx\]"), ("pypdf", b"%PDF-1.4", r"\[pdf\]")],
    ids=["docx", "hwpx", "pdf"],
)
def test_a_missing_library_is_told_with_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, data: bytes, line: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(TermsError, match=rf"먼저 설치하세요: pip install 'yakgwan-bot{line}'"):
        told(tmp_path / "a", data)


@given(st.binary(max_size=200), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe"]))
def test_any_bytes_are_text_or_refused(data: bytes, head: bytes) -> None:
    from index.documents import _read

    try:
        assert isinstance(_read(head + data), Document)
    except TermsError as error:
        assert "\n" not in str(error)  # noqa: PT017 - both endings are right
