"""Make docs/licences.md: every package of the lock file with its licence, as its own metadata tell it."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import Distribution

FILE, LOCK = Path("docs/licences.md"), Path("requirements.lock")
UNKNOWN = "적혀 있지 않음"
LONGEST = 80  # characters of a licence's name; more is its text
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_HEAD = """# 의존성의 라이선스

`make licences`가 잠금 파일(`requirements.lock`)의 패키지마다 설치된 메타데이터에서 읽어 씁니다.
개발에만 쓰는 것도 들어 있습니다.
함께 배포하는 자료(임베딩 모델의 차이, 약관)는 이 저장소의 것입니다.

| 패키지 | 판 | 라이선스 |
|---|---|---|
"""


def pinned(lock: str) -> dict[str, str]:
    """The version of each package of a lock file, by its name."""
    return dict(_PINNED.findall(lock))


def licence_of(package: Distribution) -> str:
    """The expression if there is one, else the name, else what it is classified as, else the head of its file."""
    found = package.metadata
    told = next((one for name in ("License-Expression", "License") for one in found.get_all(name) or ()), "")
    if told and len(told) <= LONGEST and "\n" not in told:
        return told
    classified = [c.rpartition(" :: ")[2] for c in found.get_all("Classifier") or () if c.startswith("License ::")]
    names = [name for name in classified if name != "OSI Approved"]
    return ", ".join(names) or _head(told) or _head(_file_of(package)) or UNKNOWN


def _file_of(package: Distribution) -> str:
    files = package.metadata.get_all("License-File") or ()
    return next((text for name in files if (text := package.read_text(f"licenses/{name}"))), "")


def _head(text: str) -> str:
    return text.strip().partition("\n")[0][:LONGEST]


def list_licences(lock: str) -> str:
    """The whole document. Raises PackageNotFoundError if a package of the lock file is not installed."""
    rows = [f"| {name} | {version} | {licence_of(distribution(name))} |" for name, version in pinned(lock).items()]
    return _HEAD + "\n".join([*rows, ""])


if __name__ == "__main__":
    try:
        FILE.write_text(list_licences(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
    except PackageNotFoundError as error:
        raise SystemExit(f"오류: {error.name}: 설치되어 있지 않습니다. `make install`을 먼저 하세요.") from error
