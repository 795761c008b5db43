"""Small files of the formats in which terms come, made of lines."""

from __future__ import annotations

import io
import zipfile

import docx

from support import office


def zipped(**members: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def hwpx(lines: list[str], head: str = "") -> bytes:
    space = 'xmlns:hs="urn:s" xmlns:hp="urn:p"'
    rows = "".join(f"<hp:p><hp:run><hp:t>{line}</hp:t></hp:run></hp:p>" for line in lines)
    return zipped(Contents__section0_xml=f'<?xml version="1.0"?>{head}<hs:sec {space}>{rows}</hs:sec>')


def word(lines: list[str]) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def pdf(lines: list[str]) -> bytes:
    """A one-page PDF with a text layer in UTF-16 codes, as a font that is not embedded gives it."""
    return office.pdf([(50, 700 - 20 * place, 12, line) for place, line in enumerate(lines)])
