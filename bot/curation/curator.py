"""Curated questions added and taken back by a person at the desk: one line in ``data/questions/<terms>/``.

``data/questions/<terms>/.history.jsonl`` says when which line was added or taken out; the index does not read it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
import unicodedata
import uuid
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from bot.privacy import cut_masks, mask_personal
from index.clause import article_name
from index.errors import YakgwanError
from index.files import replace_file
from index.questions.files import OUT_OF_SCOPE, fold_question, load_questions
from index.questions.following import Anchors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.clause import Clause
    from index.editions.edition import Edition

OUTSIDE_FILE = f"{OUT_OF_SCOPE}-상담.md"
OUTSIDE_TITLE = "# 범위 밖: 상담에서 모은 질문"
HISTORY = ".history.jsonl"
LENGTH = (2, 200)  # characters of a question
TOO_LONG = f"질문은 {LENGTH[0]}자 이상 {LENGTH[1]}자 이하의 글이어야 합니다."
_NOTE = re.compile(r"\[\+[^\]]{0,200}\]\s{0,9}$")


@dataclass(frozen=True, slots=True)
class Change:
    """A line that was added or removed. ``token`` undoes it; ``heading`` is "" out of scope; ``at`` is ISO, UTC."""

    token: str
    at: str
    action: Literal["added", "removed"]
    terms: str
    file: str
    heading: str
    question: str


class Curator:
    """Changes the files below ``data``; one change at a time."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._lock = threading.Lock()

    def add(self, edition: Edition, clauses: Sequence[Clause], text: str) -> Change:
        """Add ``text`` to the questions of the first of ``clauses``, needing the others too; []: out of scope.

        Raises:
            CurateError: no such clause, no line of text, personal data in it, or the question is there already.
            QuestionsError: the files are malformed.
        """
        question = check_line(text)
        with self._lock:
            self._refuse_duplicate(edition.name, question)
            if clauses:
                (place, title), *further = (self._place(edition, clause) for clause in clauses)
                file, heading = f"{place.article}.md", f"## 제{place.paragraph}항"
                question += _note([other for other, _ in further])
            else:
                file, heading, title = OUTSIDE_FILE, "", OUTSIDE_TITLE
            change = _change("added", edition.name, file, heading, question)
            path = self._folder(edition.name) / file
            lines = read_lines(path) or [title, *([] if clauses else [""])]
            self._write(path, insert_line(lines, heading, f"- {question}"), change)
        return change

    def undo(self, edition: Edition, token: str) -> Change:
        """Take out exactly the line that the change ``token`` added.

        Raises:
            CurateError: no such change, or the line is not there any more.
        """
        with self._lock:
            found = [change for change in self._history(edition.name) if change.token == token]
            if [change.action for change in found] != ["added"]:
                raise CurateError("되돌릴 수 있는 변경이 아닙니다.")
            added = found[0]
            path = self._folder(edition.name) / added.file
            lines = read_lines(path)
            place = find_line(lines, added.heading, f"- {added.question}")
            if place is None:
                raise CurateError("그 질문은 이미 바뀌었거나 지워졌습니다.")
            change = _change("removed", added.terms, added.file, added.heading, added.question, token)
            self._write(path, [*lines[:place], *lines[place + 1 :]], change)
        return change

    def history(self, edition: Edition, limit: int = 20) -> list[tuple[Change, bool]]:
        """The latest additions, newest first, each with whether it can still be undone."""
        changes = self._history(edition.name)
        removed = {change.token for change in changes if change.action == "removed"}
        added = [change for change in changes if change.action == "added"]
        return [(change, change.token not in removed) for change in reversed(added[-limit:])]

    def _place(self, edition: Edition, clause: Clause) -> tuple[Clause, str]:
        """``clause`` by the numbers of the anchor of its questions, and the title of their file."""
        if edition.paragraph(clause) is None:
            raise CurateError("그런 조항이 없습니다.")
        anchors = Anchors(self._data)
        anchor, anchored = anchors.edition(edition), anchors.clause(edition, clause)
        article = anchor.article(anchored.article) if anchored else None
        if anchored is None or article is None:
            raise CurateError(
                f"대표 질문이 아직 {anchor.date} 판의 번호를 따르는데, 그 판에는 이 항이 없습니다. "
                f"먼저 `python -m index follow {edition.name}`로 옮겨 주세요."
            )
        return anchored, f"# {article_name(anchored.article)} {article.title}"

    def _folder(self, terms: str) -> Path:
        return self._data / "questions" / terms

    def _refuse_duplicate(self, terms: str, question: str) -> None:
        fold = fold_question(question)
        for known in load_questions(self._data, terms):
            if fold_question(known.text) == fold:
                where = known.clauses[0].name if known.clauses else "범위 밖"
                raise CurateError(f"같은 질문이 이미 있습니다({where}): {known.text}")

    def _history(self, terms: str) -> list[Change]:
        path = self._folder(terms) / HISTORY
        if not path.exists():
            return []
        try:
            return [Change(**json.loads(line)) for line in read_lines(path)]
        except (ValueError, TypeError) as error:
            raise CurateError(f"변경 기록을 읽을 수 없습니다: {path}") from error

    def _write(self, path: Path, lines: Sequence[str], change: Change) -> None:
        """The file and the line of the history, or neither.

        Where that is broken off between them, the history still holds the addition of all that is in the file: what it
        does not hold could neither be undone nor added again.
        """
        history = path.parent / HISTORY
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            told = _content(history) + (json.dumps(asdict(change), ensure_ascii=False) + "\n").encode()
            files = [(history, told), (path, ("\n".join(lines) + "\n").encode())]
            first, second = files if change.action == "added" else reversed(files)
            before = _content(first[0]) if first[0].exists() else None
            replace_file(*first)
            try:
                replace_file(*second)
            except OSError:
                if before is None:
                    first[0].unlink()
                else:
                    replace_file(first[0], before)
                raise
        except OSError as error:
            raise CurateError(f"대표 질문 파일에 쓸 수 없습니다: {path} ({error.strerror})") from error


def _change(
    action: Literal["added", "removed"], terms: str, file: str, heading: str, question: str, token: str = ""
) -> Change:
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return Change(token or uuid.uuid4().hex, at, action, terms, file, heading, question)


class CurateError(YakgwanError):
    """A question cannot be added or taken back; the message says why."""


def check_line(text: str) -> str:
    """``text`` as it may stand in a file. Raises CurateError if it is no line of text or holds personal data."""
    if len(text) > 4 * LENGTH[1]:  # not even read: the work is limited before it begins
        raise CurateError(TOO_LONG)
    question = " ".join(part for part in unicodedata.normalize("NFC", text).split(" ") if part)
    if not LENGTH[0] <= len(question) <= LENGTH[1] or not fold_question(question):
        raise CurateError(TOO_LONG)
    # Cc, Cf, Cs, Co, Cn, Zl, Zp: line breaks and what cannot be seen or stored
    if any(
        unicodedata.category(letter) in {"Zl", "Zp"} or unicodedata.category(letter)[0] == "C" for letter in question
    ):
        raise CurateError("질문은 줄바꿈이나 보이지 않는 글자가 없는 한 줄이어야 합니다.")
    if _NOTE.search(question):
        raise CurateError("질문 끝의 [+…] 표시는 여기서 쓸 수 없습니다.")
    if mask_personal(question) != question or cut_masks(question, "") != question:
        raise CurateError("개인정보가 들어 있거나 가려진 자리가 있습니다. 그 부분을 빼고 적어 주세요.")
    return question


def without_note(question: str) -> str:
    """A question of a `Change` without the further paragraphs behind it."""
    return _NOTE.sub("", question).rstrip()


def _note(clauses: Sequence[Clause]) -> str:
    """What names further paragraphs behind a question."""
    return f" [{' '.join(f'+{one.article}.{one.paragraph}' for one in clauses)}]" if clauses else ""


def insert_line(lines: Sequence[str], heading: str, line: str) -> list[str]:
    """``lines`` with ``line`` behind the last question below ``heading`` ("": the end of the file)."""
    if not heading:
        return [*lines, line]
    if heading not in [one.strip() for one in lines]:
        return [*lines, "", heading, line]
    start, end = _section(lines, heading)
    last = max((i for i in range(start, end) if lines[i].strip()), default=start)
    return [*lines[: last + 1], line, *lines[last + 1 :]]


def find_line(lines: Sequence[str], heading: str, line: str) -> int | None:
    """Where ``line`` stands below ``heading`` ("": anywhere), or None."""
    if heading and heading not in [one.strip() for one in lines]:
        return None
    start, end = _section(lines, heading) if heading else (0, len(lines))
    return next((i for i in range(end - 1, start - 1, -1) if lines[i] == line), None)


def _section(lines: Sequence[str], heading: str) -> tuple[int, int]:
    start = next(i for i, one in enumerate(lines) if one.strip() == heading)
    return start, next((i for i in range(start + 1, len(lines)) if lines[i].startswith("##")), len(lines))


def read_lines(path: Path) -> list[str]:
    """The lines of a file without their line breaks; [] if there is none. Raises CurateError if it cannot be read."""
    try:
        content = _content(path)
    except OSError as error:
        raise CurateError(f"대표 질문 파일을 읽을 수 없습니다: {path} ({error.strerror})") from error
    return content.decode("utf-8").rstrip("\n").split("\n") if content else []


def _content(path: Path) -> bytes:
    """What is in a file; b"" if there is none. Raises OSError."""
    return path.read_bytes() if path.exists() else b""
