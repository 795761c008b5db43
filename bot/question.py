"""Raw text → a question that can be searched: cleaned, limited, freed of what is no question, parted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.errors import RejectedError
from bot.privacy import mask_personal, strip_abuse, strip_masks

EMPTY_HINT = "무엇이 궁금하신가요? 예: “요금을 연체하면 어떻게 되나요?”, “제15조 제3항”"
LONG_HINT = "질문이 너무 깁니다. {limit:,}자 안으로 줄여서 다시 적어 주세요."

_LETTER = re.compile(r"[^\W_]")
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)|https?://\S+|<script.*?</script>|<[^<>]*>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person sent: the text as typed and the earlier questions of the conversation, oldest first."""

    question: str
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be searched, and the earlier ones, cleaned, oldest first."""

    text: str
    history: tuple[str, ...] = ()


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
    history = (clean(past[:max_characters]) for past in recent)
    return Query(honest_part(text), tuple(honest_part(h) for h in history if _LETTER.search(h)))


def clean(text: str) -> str:
    """NFC, no control, format or unassigned characters (zero-width ones are among them), single spaces."""
    composed = unicodedata.normalize("NFC", text)
    kept = (
        " " if c.isspace() or unicodedata.category(c) == "Cc" else c
        for c in composed
        if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"} or c.isspace()
    )
    return " ".join("".join(kept).split())


def honest_part(text: str) -> str:
    """``text`` without links, markup, personal data and abuse; as it was if nothing else is left."""
    rest = strip_abuse(strip_masks(mask_personal(_LINK.sub(" ", text))))
    return rest if _LETTER.search(rest) else text


_SENTENCE_END = re.compile(r"(?<=[?？!])\s*(?=\S)|(?<=[가-힣]\.)\s+(?=\S)")
_ASKING = re.compile(
    r"[?？]|나요|까요|가요|는지|은지|인지|을지|할지|니까|냐|어때|어떻|얼마|언제|누구|누가|어디|어느|무엇|뭐|뭘|며칠|몇|왜|무슨"
    r"|알려|설명|궁금|how|what|when|who|where|which|can |does |is ",
    re.IGNORECASE,
)
# between two questions; the left half must ask something by itself
_JOINED = re.compile(
    r"(?<=[가-힣])(?:고|며|는데|은데|구)(?:요)?,?\s+(?=\S)|\s*,\s*|\s+(?:그리고|그리구|또한|또)\s+|\band\b"
)
# between two things that one question is about; the left half is a noun
_LISTED = re.compile(r"(?<=[가-힣A-Z])(?:이랑|랑|하고|와|과)\s+(?=\S)|\s*·\s*|\s+및\s+")
MAX_PARTS = 3
MAX_WAYS = 6


def ways_to_part(text: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """How ``text`` might be several questions: its sentences, and halvings of one of them; the search says whether.

    At most `MAX_PARTS` sentences (else the text is taken as one) and `MAX_WAYS` halvings.
    """
    sentences = _merge_statements([piece for piece in _SENTENCE_END.split(text) if _LETTER.search(piece)])
    if len(sentences) > MAX_PARTS:
        return (text,), []
    halvings = [
        (*sentences[:place], *halves, *sentences[place + 1 :])
        for place, sentence in enumerate(sentences)
        for halves in _halves(sentence)
    ]
    return tuple(sentences), halvings[:MAX_WAYS]


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


def _halves(sentence: str) -> list[tuple[str, str]]:
    """ "며칠 전에 알려주고, 반대하면 어떻게 빠져나와요?" → both halves, at each place where it might be parted."""
    found = []
    for pattern, asks in ((_JOINED, True), (_LISTED, False)):
        for match in pattern.finditer(sentence):
            left, right = sentence[: match.end()].strip(" ,·"), sentence[match.end() :].strip()
            if not asks:
                left = sentence[: match.start()].strip()
            if len(left) >= 2 and len(right) >= 4 and (not asks or _ASKING.search(left)):
                found.append((left, right))
    return found
