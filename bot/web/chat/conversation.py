"""What a conversation is on the server, and as the page shows it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from bot.answer import bullets, escape_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answer import Answer
    from bot.journal.entries import Logged

MAX_TURNS = 200  # of a conversation; older ones go
SEARCHING = "*찾는 중…*"

Turn = dict[str, Any]  # of a conversation, as Gradio keeps it: role, content


@dataclass(frozen=True, slots=True)
class Conversation:
    """``questions``: as typed, while the page shows them escaped. ``entry``: the journal's row of the last answer.

    ``token``: by which the page finds it again, "" if it cannot. ``turns``: what was said, at most `MAX_TURNS`.
    ``offered``: the next questions, of the last answer alone, and ``copy``: that answer as plain text. ``answering``:
    the last question has no answer yet. ``anew``: it takes the place of one that was given up.
    """

    id: str = ""
    token: str = ""
    turns: tuple[Turn, ...] = ()
    questions: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    copy: str = ""
    marks: tuple[str, ...] = ()
    entry: int | None = None
    answering: bool = False
    anew: bool = False

    @classmethod
    def restored(cls, id: str, token: str, entries: Sequence[Logged]) -> Self:
        """The one of which the journal holds ``entries``, the oldest first, masked as they are there."""
        last = entries[-1]
        questions = [entry.question for entry in entries]
        said = [
            turn
            for place, entry in enumerate(entries)
            for turn in (
                _turn("user", escape_markdown(entry.question)),
                _turn("assistant", understood(entry.answer, entry.interpreted, questions[: place + 1])),
            )
        ]
        marks = dict.fromkeys(cited.clause.name for entry in entries for cited in entry.citations)
        return cls(
            id=id,
            token=token,
            turns=tuple(said)[-MAX_TURNS:],
            questions=tuple(questions),
            marks=tuple(marks),
            entry=last.id if last.good is None else None,
        )

    def told(self, text: str, options: Sequence[str] = (), copy: str = "") -> Self:
        """With an answer as its last turn, the next questions that it offers and its plain text."""
        turns = (*self.turns, _turn("assistant", text))[-MAX_TURNS:]
        return replace(self, turns=turns, offered=tuple(options), copy=copy)

    def asked(self, text: str) -> Self:
        """With a question as its last turn."""
        kept = (*self.turns, _turn("user", escape_markdown(text)))[-MAX_TURNS:]
        return replace(self, id=self.id or secrets.token_hex(16), turns=kept, offered=(), copy="", entry=None)

    @property
    def shown(self) -> list[Turn]:
        """What the page shows: a question without an answer is being looked into."""
        return [*self.turns, *([_turn("assistant", SEARCHING)] if self.answering else ())]


def answer_shown(answer: Answer, questions: Sequence[str]) -> str:
    """An answer to the last of ``questions`` as the page shows it; the topics that it offers stand below as buttons."""
    if answer.topics:
        return answer.text.removesuffix(bullets(answer.topics)).rstrip()
    return understood(answer.text, answer.interpreted, questions)


def understood(text: str, interpreted: str, questions: Sequence[str]) -> str:
    """An answer with how the last of ``questions`` was read, where that is another one behind earlier ones."""
    if len(questions) < 2 or interpreted in {"", questions[-1]}:
        return text
    return f"{text}\n\n*이렇게 이해했습니다: {escape_markdown(interpreted)}*"


def _turn(role: str, text: str) -> Turn:
    return {"role": role, "content": text}
