"""What a reader of one format gives: the text of a file, and what the reader must tell of it."""

from __future__ import annotations

from dataclasses import dataclass

TRACKED = "받아들이지 않은 변경 내용(변경 추적)이 있습니다. 넣은 글은 읽고 지운 글은 뺐습니다."


@dataclass(frozen=True, slots=True)
class Document:
    """``text``: a line a paragraph or a row of a table. ``notices``: sentences on what the text does not show."""

    text: str
    notices: tuple[str, ...] = ()
