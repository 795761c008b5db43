"""Whatever a document is made of, each of its words is read once or told by ``check``, in every format alike."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from support.office import ctrl, hangul, hp, ht, htbl, htc, level, p, r, tbl, tc, word

from index.checking import examine
from index.terms import inspect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from index.terms import Terms

INLINE = ["plain", "inserted", "deleted", "moved", "link", "control", "note", "box"]
NUMBERS = (
    '<w:abstractNum w:abstractNumId="1">'
    + level(0, "decimal", "제%1조")
    + level(1, "decimalEnclosedCircle", "%2")
    + level(2, "decimal", "%3.")
    + '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
)
HEADS = "".join(
    f'<hh:paraPr id="{at}"><hh:heading type="NUMBER" idRef="1" level="{at - 1}"/></hh:paraPr>' for at in (1, 2, 3)
)
HEADS += '<hh:numbering id="1">' + "".join(
    f'<hh:paraHead level="{at}" start="1" numFormat="{form}">{text}</hh:paraHead>'
    for at, form, text in [(1, "DIGIT", "제^1조"), (2, "CIRCLED_DIGIT", "^2"), (3, "DIGIT", "^3.")]
)
HEADS += "</hh:numbering>"
DELETED = {"deleted"}


@dataclass(frozen=True)
class Table:
    """Rows of cells, which hold what a document holds."""

    rows: list[list[list[Block]]]


Block = list[str] | Table  # a paragraph: of each of its pieces, what it is
PARAGRAPHS: st.SearchStrategy[Block] = st.lists(st.sampled_from(INLINE), min_size=1, max_size=4)


def tables(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    cell = st.lists(blocks, min_size=1, max_size=2)
    return st.lists(st.lists(cell, min_size=2, max_size=2), min_size=1, max_size=2).map(Table)


DOCUMENTS = st.lists(st.recursive(PARAGRAPHS, tables, max_leaves=4), min_size=1, max_size=4)


class Words:
    """Gives each piece a word of its own and keeps which of them a reader must see."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.gone: list[str] = []
        self.notes: list[str] = []

    def new(self, kind: str) -> str:
        some = self.gone if kind in DELETED else self.kept
        some.append(f"글{len(self.kept) + len(self.gone)}번")
        return some[-1]


def word_inline(kind: str, words: Words) -> str:
    text = r(f"{words.new(kind)} ")
    if kind == "note":
        words.notes.append(f'<w:footnote w:id="{len(words.notes)}">{p(text)}</w:footnote>')
        return f'<w:r><w:footnoteReference w:id="{len(words.notes) - 1}"/></w:r>'
    box = "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"
    forms = {
        "inserted": "<w:ins>{}</w:ins>",
        "moved": "<w:moveTo>{}</w:moveTo>",
        "deleted": "<w:del>{}</w:del>",
        "link": "<w:hyperlink>{}</w:hyperlink>",
        "control": "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    }
    return box.format(p(text)) if kind == "box" else forms.get(kind, "{}").format(text)


def as_word(blocks: Iterable[Block], words: Words) -> str:
    made = []
    for block in blocks:
        if isinstance(block, Table):
            rows = [[tc(as_word(cell, words), "<w:p/>") for cell in row] for row in block.rows]
            made.append(tbl(*rows))
        else:
            made.append(p("".join(word_inline(kind, words) for kind in block)))
    return "".join(made)


def hangul_inline(kind: str, words: Words) -> str:
    text = f"{words.new(kind)} "
    if kind in ("note", "box"):
        box = f"<hp:run><hp:rect><hp:drawText><hp:subList>{hp(text)}</hp:subList></hp:drawText></hp:rect></hp:run>"
        return box if kind == "box" else ctrl("footNote", hp(text))
    marks = {"deleted": "delete", "inserted": "insert", "moved": "insert"}
    if kind in marks:
        place = len(words.kept) + len(words.gone)
        text = f'<hp:{marks[kind]}Begin Id="{place}"/>{text}<hp:{marks[kind]}End Id="{place}"/>'
    return ht(text)


def as_hangul(blocks: Iterable[Block], words: Words) -> str:
    made = []
    for block in blocks:
        if isinstance(block, Table):
            rows = [[htc(as_hangul(cell, words)) for cell in row] for row in block.rows]
            made.append(hp(htbl(*rows)))
        else:
            made.append(hp("".join(hangul_inline(kind, words) for kind in block)))
    return "".join(made)


def as_html(blocks: Iterable[Block], words: Words) -> str:
    made = []
    tags = {"deleted": "del", "inserted": "ins", "link": "a", "box": "div", "control": "b"}
    for block in blocks:
        if isinstance(block, Table):
            rows = ("".join(f"<td>{as_html(cell, words)}</td>" for cell in row) for row in block.rows)
            made.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            pieces = ((tags.get(kind, "span"), words.new(kind)) for kind in block)
            made.append("<div>" + "".join(f"<{tag}>{text} </{tag}>" for tag, text in pieces) + "</div>")
    return "".join(made)


def as_markdown(blocks: Iterable[Block], words: Words) -> str:
    made = []
    for block in blocks:
        if isinstance(block, Table):
            rows = [[" ".join(inline_markdown(one, words) for one in cell) for cell in row] for row in block.rows]
            lines = [f"| {' | '.join(row)} |" for row in rows]
            made.append("\n".join([lines[0], "|---|---|", *lines[1:]]))
        else:
            made.append(inline_markdown(block, words))
    return "# 글\n\n" + "\n\n---\n\n".join(made) + "\n"


def inline_markdown(block: Block, words: Words) -> str:
    if isinstance(block, Table):
        return " ".join(inline_markdown(one, words) for row in block.rows for cell in row for one in cell)
    pieces = [(kind, words.new(kind)) for kind in block]
    return " ".join(f"~~{text}~~" if kind in DELETED else f"{text}\\*" for kind, text in pieces)


FORMATS: dict[str, Callable[[list[Block], Words], bytes]] = {
    "docx": lambda blocks, words: word(p("제1조(글)") + as_word(blocks, words), footnotes="".join(words.notes)),
    "hwpx": lambda blocks, words: hangul(hp("제1조(글)") + as_hangul(blocks, words)),
    "html": lambda blocks, words: f"<body><h1>제1조(글)</h1>{as_html(blocks, words)}".encode(),
    "md": lambda blocks, words: f"제1조(글)\n{as_markdown(blocks, words)}".encode(),
}


def read(data: bytes) -> Terms:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        path.write_bytes(data)
        return inspect(path)


@settings(max_examples=40)
@given(DOCUMENTS)
def test_each_word_is_read_once_or_told(blocks: list[Block]) -> None:
    for name, write in FORMATS.items():
        words = Words()
        terms = read(write(blocks, words))
        told = [*(q.text for a in terms.articles for q in a.paragraphs), *(line.text for line in terms.unplaced)]
        seen = re.findall(r"글\d+번", " ".join(told))
        assert sorted(seen) == sorted(words.kept), name
        assert not words.gone or terms.notices, f"{name}: what was left out is told"
        assert set(terms.notices) <= {fault.message for fault in examine(terms)}


ARTICLES = st.lists(
    st.tuples(st.text("가나다라", min_size=2, max_size=4), st.lists(st.integers(0, 2), min_size=1, max_size=3)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40)
@given(ARTICLES)
def test_numbers_that_a_program_writes_are_read_like_typed_ones(articles: list[tuple[str, list[int]]]) -> None:
    rows = []  # level, number as it is shown, words
    for number, (title, paragraphs) in enumerate(articles, 1):
        rows.append((0, f"제{number}조", f"({title})"))
        for place, items in enumerate(paragraphs):
            rows.append((1, "①②③"[place], "다음과 같습니다."))
            rows += [(2, f"{item}.", "물품") for item in range(1, items + 1)]
    typed = "".join(f"{shown} {words}\n" for _, shown, words in rows)
    documents = [
        word("".join(p(words, number="5", level=at) for at, _, words in rows), numbering=NUMBERS),
        hangul("".join(hp(words, look=at + 1) for at, _, words in rows), HEADS),
        word("".join(p(f"{shown} {words}") for _, shown, words in rows)),
        ("<body>" + "".join(f"<p>{shown} {words}</p>" for _, shown, words in rows)).encode(),
    ]
    expected = read(typed.encode()).articles
    assert [article.number for article in expected] == [str(n) for n in range(1, len(articles) + 1)]
    assert [len(article.paragraphs) for article in expected] == [len(paragraphs) for _, paragraphs in articles]
    for document in documents:
        assert read(document).articles == expected
