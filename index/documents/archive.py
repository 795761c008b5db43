"""Zip files of XML, looked over before any work: how many members, how large unpacked, no entities in them."""

from __future__ import annotations

import io
import zipfile

from index.errors import TermsError

MOST_MEMBERS = 5_000
LARGEST_MEMBER = 50_000_000  # bytes unpacked
LARGEST_UNPACKED = 100_000_000
_BLOCK = 1_000_000
_DAMAGED = "압축이 손상된 파일입니다."


def members(data: bytes) -> list[str]:
    """The names in the zip file ``data``.

    Raises:
        TermsError: damaged, too many members, or too large when unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise TermsError(_DAMAGED) from error
    sizes = [info.file_size for info in infos]
    if len(sizes) > MOST_MEMBERS or sum(sizes) > LARGEST_UNPACKED or max(sizes, default=0) > LARGEST_MEMBER:
        raise TermsError("압축을 풀면 너무 커지는 파일입니다.")
    return [info.filename for info in infos]


def unpack(data: bytes, name: str) -> bytes:
    """The member ``name`` of the zip file ``data``, read no further than the size it declares.

    Raises:
        TermsError: damaged, encrypted, or larger than `LARGEST_MEMBER`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as member:
            content = bytearray()
            while block := member.read(_BLOCK):
                content += block
                if len(content) > LARGEST_MEMBER:
                    break
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, KeyError, EOFError, OSError, ValueError) as error:
        raise TermsError(_DAMAGED) from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "_lzma"):  # zlib.error and LZMAError have no common base
            raise TermsError(_DAMAGED) from error
        raise
    if len(content) > LARGEST_MEMBER:
        raise TermsError("압축을 풀면 너무 커지는 파일입니다.")
    return bytes(content)
