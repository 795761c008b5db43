"""XML of strangers: the only place that parses it. Entities and document types are refused before anything is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.archive import unpack
from index.errors import TermsError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def parse_member(data: bytes, name: str, library: str) -> Element:
    """The root of the XML member ``name`` of the zip file ``data``. ``library``: the extra that brings the parser.

    Raises:
        TermsError: no XML, an entity or a document type in it, or the parser is not installed.
    """
    try:
        from defusedxml import DefusedXmlException, ElementTree
    except ImportError as error:
        raise missing(library) from error
    try:
        root: Element = ElementTree.fromstring(unpack(data, name), forbid_dtd=True)
    except DefusedXmlException as error:
        raise TermsError("XML에 개체(entity) 선언이 있어 읽지 않습니다.") from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise TermsError("XML이 손상된 파일입니다.") from error
    return root


def missing(extra: str) -> TermsError:
    """The error that says how to install what reads a format."""
    return TermsError(f"{extra.upper()} 파일을 읽으려면 먼저 설치하세요: pip install 'yakgwan-bot[{extra}]'")
