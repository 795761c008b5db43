"""Common subjects (공통 주제): what Korean terms regulate from company to company, ``data/subjects/<subject>.md``.

A file is Markdown that a person edits::

    # 청약철회                                     the subject, and a line or two on what it is
    ## 회원은 … 7일 이내에 청약을 철회할 수 있습니다.   a provision, as terms have it
    그 밖의 말: 이용자는 …                          the same, as another company would put it
    - 어제 산 건데 무를 수 있어요?                   a question that it answers
    ## 아님                                        near misses
    - 반품 택배비는 누가 내요? → 반품과 교환         which subject they belong to
    ## 흔히 묻는 것                                 facts that are usually asked for
    - 기간: 며칠 안에 환불을 신청해야 하나요?
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.data_files import list_files, read_text
from index.errors import QuestionsError

if TYPE_CHECKING:
    from pathlib import Path

OTHER_WORDS = "그 밖의 말:"
NEAR_MISSES, USUALLY_ASKED = "아님", "흔히 묻는 것"


@dataclass(frozen=True, slots=True)
class Provision:
    """What one 항 of terms would say on a subject: ``text``, in ``other`` words, and ``questions`` it answers."""

    subject: str
    text: str
    other: str
    questions: tuple[str, ...]

    @property
    def passages(self) -> tuple[str, str]:
        """As paragraphs are embedded: with the subject for a heading, and in other words without one."""
        return f"{self.subject}: {self.text}", self.other


@dataclass(frozen=True, slots=True)
class Subject:
    """``near_misses``: questions that belong to another subject, with its name; ``asked``: kind of a fact, question."""

    name: str
    about: str
    provisions: tuple[Provision, ...]
    near_misses: tuple[tuple[str, str], ...]
    asked: tuple[tuple[str, str], ...]


def load_subjects(folder: Path) -> tuple[Subject, ...]:
    """All subjects of a folder in the order of their names; () if there is no folder.

    Raises:
        QuestionsError: a line that is out of place, a provision without other words or questions, a question twice.
    """
    return tuple(_read(path) for path in list_files(folder, ".md", QuestionsError))


def _read(path: Path) -> Subject:
    text = unicodedata.normalize("NFC", read_text(path, QuestionsError))
    sections: list[tuple[str, list[str]]] = [("", [])]
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("## "):
            sections.append((line[3:].strip(), []))
        else:
            sections[-1][1].append(line)
    (_, (title, *about)), *parts = sections
    if not title.startswith("# "):
        raise QuestionsError(f"{path}: 첫 줄은 ‘# 주제’여야 합니다: {title[:40]}")
    name, special = title[2:].strip(), (NEAR_MISSES, USUALLY_ASKED)
    provisions = tuple(_provision(path, name, *part) for part in parts if part[0] not in special)
    _refuse_repeated(path, [question for provision in provisions for question in provision.questions])
    pairs = {
        heading: tuple(_pair(path, line, mark) for own, lines in parts if own == heading for line in lines)
        for heading, mark in zip(special, "→:", strict=True)
    }
    return Subject(name, " ".join(about), provisions, pairs[NEAR_MISSES], pairs[USUALLY_ASKED])


def _provision(path: Path, subject: str, text: str, lines: list[str]) -> Provision:
    others = [line.removeprefix(OTHER_WORDS).strip() for line in lines if line.startswith(OTHER_WORDS)]
    questions = tuple(line[2:].strip() for line in lines if line.startswith("- "))
    if len(others) != 1 or not questions or len(lines) != len(questions) + 1:
        raise QuestionsError(f"{path}: ‘{OTHER_WORDS}’ 한 줄과 ‘- ’로 시작하는 질문만 있어야 합니다: {text[:40]}")
    return Provision(subject, text, others[0], questions)


def _pair(path: Path, line: str, mark: str) -> tuple[str, str]:
    """ "- A → B" as (A, B)."""
    first, found, last = line.removeprefix("- ").partition(mark)
    if not line.startswith("- ") or not found or not first.strip() or not last.strip():
        raise QuestionsError(f"{path}: ‘- … {mark} …’가 아닌 줄입니다: {line[:40]}")
    return first.strip(), last.strip()


def _refuse_repeated(path: Path, questions: list[str]) -> None:
    for question in questions:
        if questions.count(question) > 1:
            raise QuestionsError(f"{path}: 같은 질문이 두 번 있습니다: {question}")
