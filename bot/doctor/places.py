"""The machine below the bot: disk, memory, clock, the file of the key."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.doctor.result import Result, fine, info, warning, wrong
from bot.journal.key_file import BYTES
from bot.values.journal import DRIVERS, read_journal

if TYPE_CHECKING:
    from bot.settings import Settings

GIB = 2**30
FULL, LOW = GIB // 4, 4 * GIB  # bytes; an index has some 1.6 GiB, and a new one is made beside it
NEEDED, BUILDING = 900 * 2**20, 2 * GIB  # bytes of memory: to answer, and to learn anew beside that
FIRST, LAST = 2026, 2100  # years that are believed


def journal_file(settings: Settings) -> Path | None:
    """The SQLite file of the journal; None for a server."""
    address = read_journal(settings.journal.get_secret_value())
    return Path(address.database or "") if DRIVERS[address.drivername] == "sqlite" else None


def nearest(path: Path) -> Path:
    """The path itself, or the first folder above it that is there."""
    here = path.absolute()
    return next(place for place in (here, *here.parents) if place.exists())


def check_disk(settings: Settings) -> Result:
    """Free space where something is written: the least of it."""
    journal = journal_file(settings)
    places = [settings.data, settings.index, settings.encoder, *([journal] if journal else [])]
    free, place = min((shutil.disk_usage(nearest(path)).free, str(path)) for path in places)
    found = f"{place}이(가) 있는 디스크에 {free / GIB:.1f} GB 비어 있습니다."
    if free < FULL:
        return wrong(found, "자리를 비우세요. 기록도 색인도 쓸 수 없게 됩니다.")
    if free < LOW:
        return warning(found, f"색인을 새로 만들려면 {LOW // GIB} GB쯤 비워 두세요.")
    return fine(found)


def check_memory(meminfo: Path = Path("/proc/meminfo"), limit: Path = Path("/sys/fs/cgroup")) -> Result:
    """Memory that is available, of the machine and of the container."""
    try:
        lines = dict(line.split(":", 1) for line in meminfo.read_text(encoding="ascii").splitlines() if ":" in line)
        available = int(lines["MemAvailable"].split()[0]) * 1024
    except (OSError, ValueError, KeyError):
        return info("이 시스템에서는 메모리를 알 수 없습니다.")
    free = min(available, _left_in_container(limit, available))
    found = f"{free / GIB:.1f} GB 쓸 수 있습니다."
    if free < NEEDED:
        return warning(found, "서버에는 0.9 GB쯤 필요합니다. 서버가 이미 돌고 있다면 괜찮습니다.")
    if free < BUILDING:
        return warning(found, "답하면서 색인을 새로 만들려면 2 GB쯤 필요합니다.")
    return fine(found)


def _left_in_container(folder: Path, otherwise: int) -> int:
    try:
        return int((folder / "memory.max").read_text()) - int((folder / "memory.current").read_text())
    except (OSError, ValueError):  # none, or "max"
        return otherwise


def check_clock(now: dt.datetime | None = None) -> Result:
    """Whether the year can be true, and the names of time zones are known. ``now``: aware."""
    now = now or dt.datetime.now(dt.UTC)
    if not FIRST <= now.year < LAST:
        return wrong(
            f"시계가 {now.year}년입니다.", "시각을 맞추세요. 어느 판이 시행 중인지와 기록을 지우는 날이 틀립니다."
        )
    try:
        here = now.astimezone(ZoneInfo("Asia/Seoul"))
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return warning(f"{now:%Y-%m-%d %H:%M} UTC, 시간대 Asia/Seoul의 자료가 없습니다.", "tzdata를 설치하세요.")
    return fine(f"{here:%Y-%m-%d %H:%M} (Asia/Seoul)")


def check_secret(settings: Settings) -> Result:
    """The file of the key that signs cookies and seals contacts."""
    path = settings.secret
    if not path.exists():
        if os.access(nearest(path), os.W_OK) and nearest(path).is_dir():
            return fine(f"{path}: 아직 없습니다. 필요할 때 만듭니다.")
        return wrong(
            f"{path}: 없고, 만들 수도 없습니다.", f"{path.parent} 폴더에 쓸 수 있게 하거나 BOT_SECRET을 바꾸세요."
        )
    if path.stat().st_size < BYTES or not os.access(path, os.R_OK):
        return wrong(f"{path}: 읽을 수 없거나 손상되었습니다.", "권한을 고치거나, 지우고 다시 시작하세요.")
    mode = path.stat().st_mode & 0o777
    if mode != 0o600 and os.name == "posix":
        return warning(f"{path}: 권한이 {mode:o}입니다.", f"chmod 600 {path}")
    return fine(f"{path}: 주인만 읽습니다.")
