"""PDF with a text layer → text, page after page, as it reads. Pictures of text are no text: they are told."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from index.documents.document import Document
from index.documents.markup import missing
from index.documents.pdf_layout import Row, in_columns, join_narrow, read_lines
from index.documents.pdf_margins import without_margins
from index.errors import TermsError

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PAGES = 1_000
_WIDE, _NARROW = 1.0, 0.55  # how wide a letter is, in sizes of the font: Hangul, Latin
_OVERLAP = 2.0  # sizes of the font: text that goes back by more begins a row of its own
_BLANK, _UNSURE = 0.3, 0.15  # sizes of the font: a narrower blank is none; by how much a Latin letter may be wider
_LOWER = 0.5  # sizes of the font: text that is lower or higher by more stands on another line
_GAP = 2.0  # sizes of the font: a wider blank may lie between columns


def read_pdf(data: bytes) -> Document:
    """The text of the PDF ``data``.

    Raises:
        TermsError: damaged, encrypted, more than `MOST_PAGES` pages, no text in it, or pypdf is not installed.
    """
    try:
        import pypdf
    except ImportError as error:
        raise missing("pdf") from error
    fault, pages, drawn = None, [], []
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            fault = "암호가 걸린 PDF입니다."
        elif len(reader.pages) > MOST_PAGES:
            fault = f"쪽이 너무 많은 PDF입니다({MOST_PAGES}쪽까지)."
        else:
            for page in reader.pages:
                pages.append(_rows(page))
                contents = page.get_contents()
                drawn.append(contents is not None and bool(contents.get_data().strip()))
    except Exception as error:  # pypdf lets whatever a damaged file makes it stumble over through
        raise TermsError("손상된 PDF입니다.") from error
    if fault:
        raise TermsError(fault)
    kept, apart = without_margins(pages)
    if not any(kept):
        raise TermsError("글자가 없는 PDF입니다(그림만 있음). 글자 인식(OCR)을 거친 파일을 주세요.")
    rows = [row for page in kept for row in join_narrow(in_columns(page))]
    notices = [f"쪽의 머리나 꼬리로 보아 뺀 줄: {line}" for line in apart]
    blank = [n for n, (page, any_ink) in enumerate(zip(kept, drawn, strict=True), 1) if any_ink and not page]
    notices += [f"{number}쪽에는 글자가 없고 그림만 있어 읽지 못했습니다." for number in blank]
    return Document("".join(line + "\n" for line in read_lines(rows)), tuple(notices))


def _rows(page: Any) -> list[Row]:  # noqa: ANN401 - a page of pypdf, which is imported late
    """The pieces of text of a page in the order in which it draws them, those of one line joined."""
    pen = _Pen()
    page.extract_text(visitor_text=pen.write)
    pen.end()
    return pen.rows


class _Pen:
    """Told of each piece of text where it stands; pypdf itself says where a line ends."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._words = ""
        self._place: tuple[float, float, float] | None = None
        self._end = 0.0
        self._unsure = 0.0  # by how much the end may be further
        self._broken = False
        self._gapped = False

    def write(self, text: str, matrix: Sequence[float], line: Sequence[float], _font: object, size: float) -> None:
        """``matrix``, ``line``: of the page and of the text (six numbers each). ``size``: of the font."""
        first, *others = text.split("\n")
        self._add(first, matrix, line, size)
        for other in others:
            self.end()
            self._add(other, matrix, line, size)

    def _add(self, text: str, matrix: Sequence[float], line: Sequence[float], size: float) -> None:
        if not text:
            self._broken = True
            return
        x = line[4] * matrix[0] + line[5] * matrix[2] + matrix[4]
        y = line[4] * matrix[1] + line[5] * matrix[3] + matrix[5]
        high = abs(size * (line[3] or line[1]) * (matrix[3] or matrix[1])) or size
        if self._place and abs(y - self._place[1]) > _LOWER * high and text.strip():
            self.end()
        elif self._place and (x < self._end - _OVERLAP * high or x > self._end + _GAP * high) and text.strip():
            self.end(goes_on=x > self._end)
        apart = bool(self._words) and x > self._end + self._unsure + _BLANK * high
        if self._words and text[0] == " " and self._broken and not apart:
            text = text[1:]  # pypdf puts a blank wherever a new piece begins
        self._gapped = self._gapped or apart
        self._broken = False
        if text.strip():
            self._place = self._place or (x, y, high)
            self._unsure = high * sum(_UNSURE for letter in text if letter < "\u1100")
            self._end = x + high * sum(_WIDE if letter >= "\u1100" else _NARROW for letter in text)
        self._words += text

    def end(self, *, goes_on: bool = False) -> None:
        """End the row; ``goes_on``: another piece follows on the same line."""
        if self._place and self._words.strip():
            x, y, high = self._place
            words = " ".join(self._words.split())
            self.rows.append(Row(words, x, y, high, self._end, goes_on=goes_on, gapped=self._gapped))
        self._words, self._place, self._gapped, self._unsure = "", None, False, 0.0
