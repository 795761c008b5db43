"""Curated questions (대표 질문): ``data/questions/<terms>/<article>.md`` and the out-of-scope class.

A file is Markdown that a person edits: "## 제3항" begins a paragraph, "- 질문" is one of its questions; a note
" [+4.4 +15.3]" behind a question names further paragraphs that its answer needs. Files whose name begins with
"범위밖" hold what people ask and the terms do not answer, those that begin with "막연" what means nothing without what
was said before ("언제까지요?", "약관에는 뭐라고 되어 있나요?").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.aspects import Aspect  # noqa: TC001  # pydantic reads the hints of what holds a question
from index.clause import Clause
from index.data_files import list_files, read_text
from index.errors import QuestionsError
from index.files import is_interrupted
from index.sentences import only_letters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OUT_OF_SCOPE, VAGUE = "범위밖", "막연"
PARAGRAPH = re.compile(r"^##\s*제(?P<number>\S+)항\s*$")
_QUESTION = re.compile(r"^-\s++(?P<text>\S(?:.*?\S)??)(?:\s++\[(?P<also>\+[^\]]+)\])?\s*+$")
_ALSO = re.compile(r"\+(\S{1,40}?)\.(\S{1,40})")


@dataclass(frozen=True, slots=True)
class Question:
    """A curated question. ``clauses``: what its answer cites, most important first; () if out of scope or vague.

    ``aspect``: what it asks of its clause, and how that stands there, where a person said so. ``act``: what is done by
    saying it, of a conversation's utterance ("greeting"); "" for a question. ``section``: of an out-of-scope question
    the heading that it stands under: what people ask for there.
    """

    text: str
    clauses: tuple[Clause, ...]
    vague: bool = False
    aspect: Aspect | None = None
    act: str = ""
    section: str = ""


def load_questions(data: Path, terms: str) -> tuple[Question, ...]:
    """The curated questions for one document, those without a clause last; () if there are none.

    Raises:
        QuestionsError: a line that is no heading, question or blank, a question twice, or questions half moved.
    """
    folder = data / "questions" / terms
    if is_interrupted(folder):
        raise QuestionsError(
            f"{folder}: 대표 질문을 옮기다가 끊겼습니다. `python -m index follow {terms}`를 다시 실행해 주세요."
        )
    files = sorted(list_files(folder, ".md", QuestionsError), key=lambda p: (has_no_clause(p), len(p.stem), p.stem))
    questions: list[Question] = []
    seen: dict[str, str] = {}
    for path in files:
        for number, question in _read(path, terms):
            where = f"{path}:{number}"
            fold = fold_question(question.text)
            if fold in seen:
                raise QuestionsError(f"{where}: 같은 질문이 {seen[fold]}에 있습니다: {question.text}")
            seen[fold] = where
            questions.append(question)
    return tuple(questions)


def fold_question(text: str) -> str:
    """``text`` without spaces, punctuation and case: two questions that fold alike are one."""
    return only_letters(unicodedata.normalize("NFKC", text))


def _read(path: Path, terms: str) -> Iterator[tuple[int, Question]]:
    article, outside = _nfc(path.stem), has_no_clause(path)
    paragraph: str | None = None
    section = ""
    for number, line in enumerate(read_text(path, QuestionsError).splitlines(), 1):
        if heading := PARAGRAPH.match(line):
            paragraph = heading["number"]
        elif (question := _QUESTION.match(line)) and (paragraph or outside):
            _, also = split_note(line, terms)
            own = () if outside else (Clause(terms, article, paragraph or ""),)
            vague = article.startswith(VAGUE)
            yield number, Question(_nfc(question["text"]), own + also, vague=vague, section=section)
        elif outside and line.startswith("## "):
            section = f"{article}: {_nfc(line.removeprefix('## ').strip())}"
        elif line.strip() and not line.startswith("#"):
            raise QuestionsError(f"{path}:{number}: 제목도 질문도 아닌 줄입니다: {line[:40]}")


def has_no_clause(path: Path) -> bool:
    """Whether a file holds questions without a clause: out of scope or vague."""
    return _nfc(path.stem).startswith((OUT_OF_SCOPE, VAGUE))


def split_note(line: str, terms: str) -> tuple[str, tuple[Clause, ...]]:
    """A line without its note of further paragraphs, and these; a line that is no question has none."""
    question = _QUESTION.match(line)
    if question is None or not question["also"]:
        return line, ()
    return f"- {question['text']}", tuple(Clause(terms, *pair) for pair in _ALSO.findall(question["also"]))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
