"""Raw text → a question that can be searched: cleaned, limited, made self-contained, split."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.errors import RejectedError
from bot.privacy import mask_personal, strip_abuse

EMPTY_HINT = "무엇이 궁금하신가요? 예: “요금을 연체하면 어떻게 되나요?”, “제15조 제3항”"
LONG_HINT = "질문이 너무 깁니다. {limit:,}자 안으로 줄여서 다시 적어 주세요."

_LETTER = re.compile(r"[^\W_]")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)|https?://\S+")


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person sent: the text as typed and the earlier questions of the conversation, oldest first."""

    question: str
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be searched. ``parts`` are its separate questions, at least one."""

    text: str
    parts: tuple[str, ...]
    history: tuple[str, ...]


def read_question(ask: Ask, *, max_characters: int, max_history: int) -> Query:
    """Clean and limit ``ask``.

    Raises:
        RejectedError: longer than ``max_characters`` or without a letter or digit; the message says what to do.
    """
    if len(ask.question) > 4 * max_characters:  # not even cleaned: the work is limited before it begins
        raise RejectedError(LONG_HINT.format(limit=max_characters))
    text = clean(ask.question)
    if len(text) > max_characters:
        raise RejectedError(LONG_HINT.format(limit=max_characters))
    if not _LETTER.search(text):
        raise RejectedError(EMPTY_HINT)
    recent = ask.history[-max_history:] if max_history else ()
    history = tuple(h for h in (clean(past[:max_characters]) for past in recent) if _LETTER.search(h))
    honest = honest_part(text)
    return Query(honest, split_questions(honest), tuple(honest_part(h) for h in history))


def clean(text: str) -> str:
    """NFKC-free clean-up: NFC, no control or zero-width characters, single spaces."""
    composed = unicodedata.normalize("NFC", text)
    kept = (
        " " if c.isspace() or unicodedata.category(c) == "Cc" else c
        for c in composed
        if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"}
    )
    return " ".join("".join(kept).split())


def honest_part(text: str) -> str:
    """``text`` without links, personal data and abuse; as it was if nothing else is left."""
    rest = strip_abuse(mask_personal(_LINK.sub(r"\1", text)))
    return rest if _LETTER.search(rest) else text


# "…나요? …" ends a question; so does a 그리고 between two of them. A clause that merely ends in "-고," is split only
# where a question word stands on both sides.
_END = re.compile(r"(?<=[?？])\s*(?=\S)|(?<=[가-힣][.!])\s+(?=\S)")
_AND = re.compile(r"\s*(?:,|그리고|그리구|또한|또,|또 )\s*")
_ASKING = re.compile(
    r"[?？]|나요|까요|가요|는지|은지|인지|을지|할지|니까|냐|어때|어떻|얼마|언제|누구|누가|어디|어느|무엇|뭐|뭘|며칠|몇|왜|무슨|how|what|when|who|where|which|can |does |is ",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?<=[가-힣])(고|며|는데|은데|구),?\s+(?=\S)")
MAX_PARTS = 3


def split_questions(text: str) -> tuple[str, ...]:
    """The separate questions of ``text``, at most `MAX_PARTS`; a story's statements stay with its question."""
    parts = _merge_statements([piece for piece in _END.split(text) if piece and piece.strip()])
    parts = [piece for part in parts for piece in _split_joined(part)]
    if len(parts) < 2 or len(parts) > MAX_PARTS:
        return (text,)
    return tuple(parts)


def _merge_statements(pieces: list[str]) -> list[str]:
    """Each statement is put before the question that follows it (or after the last one)."""
    parts: list[str] = []
    waiting = ""
    for piece in pieces:
        waiting = f"{waiting} {piece}".strip()
        if _ASKING.search(piece):
            parts.append(waiting)
            waiting = ""
    if waiting:
        parts = [*parts[:-1], f"{parts[-1]} {waiting}"] if parts else [waiting]
    return parts


def _split_joined(part: str) -> list[str]:
    """ "며칠 전에 알려주고, 반대하면 어떻게 빠져나와요?" → both halves, if each asks something."""
    for match in [*_AND.finditer(part), *_JOINED.finditer(part)]:
        left, right = part[: match.end()].strip(" ,"), part[match.end() :].strip()
        if min(len(left), len(right)) >= 6 and _ASKING.search(left) and _ASKING.search(right):
            return [left, right]
    return [part]
