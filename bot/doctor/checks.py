"""All checks in their order, run one by one: a failing one never stops the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.doctor.data import check_contact, check_numbers, check_questions, check_terms, check_texts
from bot.doctor.journal import check_journal
from bot.doctor.places import check_clock, check_disk, check_memory, check_secret
from bot.doctor.port import check_port
from bot.doctor.result import Checked, Mark, wrong
from bot.doctor.search import check_embedding, check_index, check_model
from bot.doctor.settings import (
    check_company,
    check_desk,
    check_file_of_settings,
    check_hours,
    check_reach,
    check_retention,
    check_webhook,
)
from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bot.doctor.result import Result
    from bot.settings import Settings

CHECKS: Mapping[str, Callable[[Settings], Result]] = {
    "설정 파일": check_file_of_settings,
    "주소": check_reach,
    "데스크": check_desk,
    "회사 로그인": check_company,
    "알림": check_webhook,
    "상담 시간": check_hours,
    "보관": check_retention,
    "약관": check_terms,
    "약관의 글": check_texts,
    "연락처": check_contact,
    "대표 질문": check_questions,
    "대표 질문의 항": check_numbers,
    "색인": check_index,
    "임베딩 모델": check_embedding,
    "언어 모델": check_model,
    "대화 기록": check_journal,
    "열쇠 파일": check_secret,
    "디스크": check_disk,
    "메모리": lambda _: check_memory(),
    "시계": lambda _: check_clock(),
    "포트": check_port,
}
FINE, WRONG = 0, 1  # codes to exit with


def examine(settings: Settings, checks: Mapping[str, Callable[[Settings], Result]] = CHECKS) -> Iterator[Checked]:
    """Every check, one after the other."""
    for name, check in checks.items():
        yield Checked(name, _run(check, settings))


def code_of(checked: Sequence[Checked]) -> int:
    """The code to exit with, of settings that could be read."""
    return WRONG if any(one.result.mark is Mark.WRONG for one in checked) else FINE


def _run(check: Callable[[Settings], Result], settings: Settings) -> Result:
    try:
        return check(settings)
    except YakgwanError as error:
        return wrong(str(error), "")
    except Exception as error:  # noqa: BLE001  # its text may hold a secret: an address with its password
        where = f" ({error.strerror}: {error.filename})" if isinstance(error, OSError) and error.filename else ""
        return wrong(f"확인하지 못했습니다: {type(error).__name__}{where}", "권한과 파일을 확인하세요.")
