"""Small DOCX, HWPX and PDF files, written from the XML or the lines that a test gives."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_WORD}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HANGUL = 'xmlns:hp="urn:p" xmlns:hs="urn:s" xmlns:hh="urn:h"'


def p(words: str, *, style: str = "", number: str = "", level: int = 0, mark: str = "") -> str:
    """A paragraph of Word. ``words``: text, or runs. ``number``: of its list. ``mark``: what its mark is (w:del …)."""
    inner = words if words.startswith("<") else r(words)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    properties += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(words: str) -> str:
    """A run of Word."""
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>' if words else ""


def tc(*blocks: str, properties: str = "") -> str:
    """A cell of Word."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def tbl(*rows: Sequence[str]) -> str:
    """A table of Word."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def level(at: int, form: str, text: str, more: str = "") -> str:
    """A level of a list of Word."""
    told = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}">{told}</w:lvl>'


def word(body: str, **parts: str) -> bytes:
    """A Word document. ``parts``: what stands inside of numbering, styles, footnotes, endnotes, header."""
    roots = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes"}
    roots["header"] = "hdr"
    links = "".join(f'<Relationship Id="{n}" Type="{_OFFICE}/{n}" Target="{n}.xml"/>' for n in parts)
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
    }
    files |= {f"word/{n}.xml": f"<w:{roots[n]} {_SPACES}>{text}</w:{roots[n]}>" for n, text in parts.items()}
    return _zipped(files)


def hp(words: str, *, look: int = 0) -> str:
    """A paragraph of Hangul. ``words``: text, or runs. ``look``: the id of its paraPr."""
    inner = words if words.startswith("<") else ht(words)
    return f'<hp:p paraPrIDRef="{look}">{inner}</hp:p>'


def ht(words: str) -> str:
    """A run of Hangul; ``words`` may hold marks of changes."""
    return f"<hp:run><hp:t>{words}</hp:t></hp:run>"


def ctrl(name: str, *blocks: str) -> str:
    """A run with a control that holds paragraphs: a header, a note."""
    return f"<hp:run><hp:ctrl><hp:{name}><hp:subList>{''.join(blocks)}</hp:subList></hp:{name}></hp:ctrl></hp:run>"


def htc(*blocks: str, columns: int = 1, rows: int = 1) -> str:
    """A cell of Hangul."""
    span = f'<hp:cellSpan colSpan="{columns}" rowSpan="{rows}"/>'
    return f"<hp:tc>{span}<hp:subList>{''.join(blocks)}</hp:subList></hp:tc>"


def htbl(*rows: Sequence[str], caption: str = "", side: str = "BOTTOM") -> str:
    """A run with a table of Hangul."""
    said = f'<hp:caption side="{side}"><hp:subList>{hp(caption)}</hp:subList></hp:caption>' if caption else ""
    inner = "".join(f"<hp:tr>{''.join(row)}</hp:tr>" for row in rows)
    return f"<hp:run><hp:tbl>{said}{inner}</hp:tbl></hp:run>"


def hangul(body: str, header: str = "") -> bytes:
    """An HWPX document of one section."""
    head = f"<hh:head {_HANGUL}><hh:refList>{header}</hh:refList></hh:head>"
    return _zipped({"Contents/section0.xml": f"<hs:sec {_HANGUL}>{body}</hs:sec>", "Contents/header.xml": head})


def pdf(*pages: Sequence[tuple[float, float, float, str]], scanned: Sequence[int] = ()) -> bytes:
    """A PDF. ``pages``: x, y, size and text of their lines. ``scanned``: places of pages with ink."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>"
        % (b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(pages))), len(pages)),
        b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/UniKS-UCS2-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/F/CIDSystemInfo<</Registry(Adobe)/Ordering(Korea1)/Supplement 1>>"
        b"/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/F/Flags 4/FontBBox[0 0 1 1]/ItalicAngle 0/Ascent 1/Descent 0/CapHeight 1"
        b"/StemV 1>>",
    ]
    for place, lines in enumerate(pages):
        shown = "".join(
            f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, size, text in lines
        )
        content = (shown + ("0 0 m 100 100 l S\n" if place in scanned else "")).encode()
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
            % (7 + 2 * place),
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        ]
    file, places = io.BytesIO(), []
    file.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    file.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return file.getvalue()


def _zipped(files: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, text in files.items():
            made.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return file.getvalue()
