"""A draft becomes an edition, and the newest edition is taken back: each by one renaming of one file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bot.drafts.store import DraftError, libraries
from index.editions.edition import list_editions
from index.files import remove, replace_file
from index.questions.following import Anchors
from index.questions.rewriting import name_anchor

if TYPE_CHECKING:
    from bot.drafts.store import Draft, Drafts

WITHDRAWN = "withdrawn"  # below the data; nothing looks there


def publish(drafts: Drafts, draft: Draft, today: dt.date) -> None:
    """Put the file of ``draft`` among the editions, whole or not at all; the draft is gone then.

    Where ``terms.toml`` names no edition whose numbers the curated questions have, it names that before the draft
    first: with one edition that is what it meant without.

    Raises:
        DraftError: the day has passed or does not follow any more, or it cannot be written; then all is as it was.
        TermsError: it cannot be read where it is to be.
        QuestionsError: ``terms.toml`` cannot be written.
    """
    name, date = draft.edition.name, draft.edition.date
    if date <= drafts.library.dates(name)[-1] or date < today.isoformat():
        raise DraftError(f"{date}에 시행한다고 게시할 수 없습니다. 초안을 버리고 다른 시행일로 다시 올려 주세요.")
    with libraries(drafts, draft) as (_, beside):
        beside.edition(name, date)
    folder = drafts.library.folder(name)
    anchors = Anchors(drafts.data)
    if not anchors.named(name):
        name_anchor(folder, draft.before.date)
    try:
        replace_file(folder / draft.file.name, draft.file.read_bytes())
    except OSError as error:
        raise DraftError(f"게시하지 못했습니다. 이전 판이 그대로 쓰입니다: {error.strerror}") from error
    remove(draft.folder)


def follower(drafts: Drafts, name: str) -> tuple[str, str] | None:
    """The newest edition of a document and the one before it, to which it can be rolled back; None of a single one."""
    dates = drafts.library.dates(name)
    return (dates[-1], dates[-2]) if len(dates) > 1 else None


def withdraw(drafts: Drafts, name: str, date: str, today: dt.date) -> str:
    """Take the newest edition, which is that of ``date``, out; its file is kept in ``data/withdrawn``.

    Returns:
        The day of effect (ISO) of the edition before it.

    Raises:
        DraftError: it is not the newest, nothing is in force without it, the questions follow it, or it cannot be
            moved; then all is as it was.
    """
    pair = follower(drafts, name)
    if pair is None or pair[0] != date:
        raise DraftError("마지막에 게시한 판만 되돌릴 수 있습니다. 화면을 새로 고쳐 주세요.")
    if pair[1] > today.isoformat():
        raise DraftError("되돌리면 오늘 시행 중인 판이 없어집니다.")
    if drafts.library.anchor_date(name) == date:
        raise DraftError(
            "대표 질문의 번호가 이미 이 판을 따르고 있어 여기서는 되돌릴 수 없습니다. 새 판으로 올려 주세요."
        )
    file = list_editions(drafts.library.folder(name))[date]
    kept = drafts.data / WITHDRAWN / name
    at = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S")
    try:
        kept.mkdir(parents=True, exist_ok=True)
        file.rename(kept / f"{date}-{at}{file.suffix}")
    except OSError as error:
        raise DraftError(f"되돌리지 못했습니다. 지금의 판이 그대로 쓰입니다: {error.strerror}") from error
    return pair[1]
