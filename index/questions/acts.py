"""Conversation: what people say that asks nothing of the terms, ``data/conversation/<act>.md``.

"## 답" holds the reply as the customer reads it (Markdown), "## 말" the utterances, one a line behind "- ".
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.data_files import list_files, read_text
from index.errors import QuestionsError
from index.questions.files import Question, fold_question

if TYPE_CHECKING:
    from pathlib import Path

REPLY, SAID = "답", "말"


@dataclass(frozen=True, slots=True)
class Act:
    """``name``: "greeting", "thanks" …; ``reply``: Markdown; ``utterances``: what is said."""

    name: str
    reply: str
    utterances: tuple[str, ...]


def load_acts(data: Path) -> tuple[Act, ...]:
    """All acts by name; () if there are none.

    Raises:
        QuestionsError: a file without a reply or an utterance, or one utterance of two acts.
    """
    acts = tuple(_read(path) for path in list_files(data / "conversation", ".md", QuestionsError))
    seen: dict[str, str] = {}
    for act in acts:
        for text in act.utterances:
            fold = fold_question(text) or text
            if seen.setdefault(fold, act.name) != act.name:
                raise QuestionsError(f"{act.name}.md: 같은 말이 {seen[fold]}.md에 있습니다: {text}")
    return acts


def act_rows(acts: tuple[Act, ...]) -> tuple[Question, ...]:
    """The utterances as rows of a collection: they are nobody's clause."""
    rows = (Question(text, (), vague=True, act=act.name) for act in acts for text in act.utterances)
    return tuple({(fold_question(row.text) or row.text): row for row in rows}.values())


def _read(path: Path) -> Act:
    parts: dict[str, list[str]] = {REPLY: [], SAID: []}
    part: list[str] | None = None
    for raw in read_text(path, QuestionsError).splitlines():
        line = unicodedata.normalize("NFC", raw).strip()
        if line.startswith("## "):
            part = parts.get(line.removeprefix("## ").strip())
        elif part is not None and not line.startswith("# "):
            part.append(line)
    reply = "\n".join(parts[REPLY]).strip()
    utterances = tuple(line.removeprefix("- ").strip() for line in parts[SAID] if line.startswith("- "))
    if not reply or not utterances:
        raise QuestionsError(f"{path}:1: '## {REPLY}'과 '## {SAID}'이 모두 있어야 합니다.")
    return Act(path.stem, reply, utterances)
