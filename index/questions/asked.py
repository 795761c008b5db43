"""What people ask about a 항 and how it stands there: ``data/asked/<terms>/<article>.md``.

A file is Markdown that a person edits. Below "## 제3항" a section says in its heading how the thing asked stands in the
terms, and holds questions that ask for it::

    ### 있음: 2회 이상 연체 (횟수)          the 항 states it
    ### 없음: 연체 이자율 (비율)            neither the 항 nor any other states it
    ### 맡김: 응답 시간 (기간) → 계약서 또는 SLA   the 항 leaves it to another document
    ### 네: / 아니요: / 경우에 따라: PROPOSITION    a yes/no question, settled by the 항
    ### 바람: 해지하고 싶다 → 해지 신청 절차      a wish, and what the terms do not say of it

A note " [+4.4 +15.3]" behind a question names further 항 that its answer needs.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from index.aspects import KINDS, Aspect, Standing
from index.clause import Clause
from index.data_files import list_files, read_text
from index.errors import QuestionsError
from index.questions.files import PARAGRAPH, Question, fold_question, split_note

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SECTION = re.compile(
    r"^###\s{0,9}(?P<standing>있음|없음|맡김|네|아니요|경우에 따라|바람)\s{0,9}:\s{0,9}(?P<thing>.+?)\s{0,9}$"
)
_KIND = re.compile(r"\s{0,9}\((?P<kind>[^()]{1,20})\)\s{0,9}$")


def load_asked(data: Path, terms: str) -> tuple[Question, ...]:
    """The questions of ``data/asked`` on one document, each with its `Aspect`; () if there are none.

    What the terms do not state has no clause, as an out-of-scope question.

    Raises:
        QuestionsError: a line that is no heading, question or blank, or a question twice.
    """
    found: list[Question] = []
    seen: dict[str, str] = {}
    files = sorted(
        list_files(data / "asked" / terms, ".md", QuestionsError), key=lambda path: (len(path.stem), path.stem)
    )
    for path in files:
        for number, question in _read(path, terms):
            fold, where = fold_question(question.text), f"{path}:{number}"
            if fold in seen:
                raise QuestionsError(f"{where}: 같은 질문이 {seen[fold]}에 있습니다: {question.text}")
            seen[fold] = where
            found.append(question)
    return tuple(found)


def read_heading(line: str, clause: Clause) -> Aspect | None:
    """The aspect of ``clause`` that a section's heading names; None if the line is no such heading."""
    section = _SECTION.match(line)
    if section is None:
        return None
    thing, _, target = (part.strip() for part in section["thing"].partition("→"))
    kind = _KIND.search(thing)
    named = unicodedata.normalize("NFC", kind["kind"]).strip() if kind else ""
    if kind and named.replace("/", "·") in KINDS:
        thing = thing[: kind.start()]
    else:
        named = ""
    return Aspect(clause, Standing(section["standing"]), thing, named.replace("/", "·"), target)


def _read(path: Path, terms: str) -> Iterator[tuple[int, Question]]:
    article = unicodedata.normalize("NFC", path.stem)
    paragraph, aspect = "", None
    for number, raw in enumerate(read_text(path, QuestionsError).splitlines(), 1):
        line = unicodedata.normalize("NFC", raw)
        if heading := PARAGRAPH.match(line):
            paragraph, aspect = heading["number"], None
        elif found := read_heading(line, Clause(terms, article, paragraph)):
            aspect = found
        elif line.startswith("- ") and aspect and paragraph:
            text, also = split_note(line, terms)
            own = () if aspect.standing is Standing.ABSENT else (aspect.clause, *also)
            yield number, Question(text.removeprefix("- ").strip(), own, aspect=aspect)
        elif line.strip() and not (line.startswith("# ") and not paragraph):
            raise QuestionsError(f"{path}:{number}: 제목도 질문도 아닌 줄입니다: {line[:40]}")
