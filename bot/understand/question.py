"""Raw text → a question that can be searched: cleaned, limited, freed of what is no question."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.errors import RejectedError
from bot.privacy import cut_masks, mask_personal
from bot.understand.contract_day import LONGEST
from bot.understand.conversation_day import take_day
from index.sentences import only_letters

if TYPE_CHECKING:
    import datetime as dt

    from bot.understand.contract_day import ContractDay

EMPTY_HINT = "무엇이 궁금하신가요? 예: “요금을 연체하면 어떻게 되나요?”, “제15조 제3항”"
LONG_HINT = "질문이 너무 깁니다. {limit:,}자 안으로 줄여서 다시 적어 주세요."

MARKS = 3  # upon one letter
_LETTER = re.compile(r"[^\W_]")
_SIGN = re.compile(
    r"[\u2600-\u27BF\u2B50\U0001F300-\U0001FAFF]|\^[_.ㅡ]{0,20}\^|[:;][-']?[)(DP]|T[_.]T"
)  # "❤", "^^": said
# Bounded: a link or tag longer than that is taken for words, so that no text takes time that grows with its square.
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^\s)가-힣(]{0,500}\)")
# A tag has a name of ASCII letters and nothing or attributes behind it: <환불 규정> and a < b are words.
_MARKUP = re.compile(
    r"https?://\S{1,20}|<script\b[^<]{0,500}(?:<(?!/?script)[^<]{0,500}){0,9}</script\s{0,9}>|</?[a-z][a-z0-9]{0,20}(?:\s[^<>=]{0,200}=[^<>]{0,500}|\s{0,9})/?>",
    re.IGNORECASE,
)

# Abuse and the endings known to follow it. A wrongly cut word costs an answer, so what may be an honest word stays:
# 시발점, 날씨발표, 질병신고, 허리띠를 졸라매다, 새끼손가락, 쓰레기통, 바보상자, 18년.
_MASK = r"[\d!@.*~^_]{1,2}"  # stands between the syllables of a disguised word
_CALL = r"(?:들?[아야]|들|이|이야|이?네|이?냐)요?(?![가-힣])"
_ENDING = rf"(?:새끼|놈|년(?!도))?(?:같(?:은데|은|이|네|아)요?|{_CALL})?"
_STEMS = (
    r"씨[발팔](?![송급표견생행신전휘령화])",
    rf"(?<![가-힣])(?:아|개)?(?:시발(?![점역택송급표견생행신전])|씨바ㄹ?|[씨시]{_MASK}발)",
    r"(?<![가-힣])(?<![가-힣] )[씨시] 발(?![가-힣])",
    r"(?<!ㄱ)[ㅅㅆ][ .]?ㅂ(?:ㅅㄲ)?|ㅂㅅ|ㅈㄴ",
    rf"(?<![가-힣])[이개]?[병븅](?:{_MASK})?신(?![고청])",
    rf"(?:(?<![공보의생기현잔실])존(?:{_MASK})?나(?!라)"
    rf"|(?<![가-힣])졸라(?![매맨맬맵맸대댄댔서야도달]))(?:게(?![시임재]))?",
    r"좆[나도]?|씹새끼?|(?<![가-힣])[개십]새끼|(?<![가-힣])[이그저] ?새끼(?![손발줄]| ?[고강])",
    r"(?<![가-힣])새끼(?=들?[아야](?![가-힣]))|(?<!\d)18(?=놈|새끼)|(?<![가-힣])미친(?=놈|년(?!도)|새끼)",
    r"(?<![가-힣\d])개같(?:은(?!데)|이)|(?<![가-힣])개?지랄(?:하[네고지])?|꺼지라고?(?![가-힣])|닥쳐라",
    rf"(?<![가-힣])(?:멍청(?:하[네고게]|한|이(?=들))?|바보(?=같|{_CALL}|(?![가-힣]))|쓰레기(?=같|새끼|놈"
    rf"|들?[아야](?![가-힣])))",
)
_ABUSE = re.compile(rf"(?:{'|'.join(_STEMS)}){_ENDING}|\b(?:fuck\w*|shit|bitch|stupid|idiot)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person sent: the text as typed and the earlier questions of the conversation, oldest first.

    ``day``: the terms of that day are asked for, whatever the texts say; None: the texts say it
    (`bot.understand.contract_day`), or today.
    """

    question: str
    history: tuple[str, ...] = ()
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be searched, and the earlier ones, cleaned, oldest first.

    ``pieces``: what stands between abuse, personal data and markup that was taken out; () if there are not two of them.
    ``day``: of the contract that it is about; the words for it are in none of the texts.
    ``typed``: the question cleaned, with all that was taken out of it.
    """

    text: str
    history: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    day: ContractDay | None = None
    typed: str = field(default="", compare=False)


def read_question(ask: Ask, *, max_characters: int, max_history: int, today: dt.date, revised: dt.date) -> Query:
    """Clean and limit ``ask``, and take its day out; each text is read once. ``revised``: see `read_day`.

    Raises:
        RejectedError: longer than ``max_characters``, without a letter or digit, or about a day that does not exist;
            the message says what to do.
    """
    if len(ask.question) > 4 * max_characters:  # not even cleaned: the work is limited before it begins
        raise RejectedError(LONG_HINT.format(limit=max_characters))
    text = clean(ask.question)
    if len(text) > max_characters:
        raise RejectedError(LONG_HINT.format(limit=max_characters))
    if not _LETTER.search(text) and not _SIGN.search(text):
        raise RejectedError(EMPTY_HINT)
    texts = [*(clean(past[:LONGEST]) for past in ask.history), text]
    told = take_day(texts, ask.day, today, revised)
    *earlier, plain = told.texts
    history = (past[:max_characters] for past in (earlier[-max_history:] if max_history else ()))
    asked = tuple(honest_part(past) for past in history if _LETTER.search(past))
    pieces = honest_pieces(plain)
    return Query(" ".join(pieces) or plain, asked, pieces if len(pieces) > 1 else (), told.day, text)


def clean(text: str) -> str:
    """No control, format or unassigned characters (zero-width ones are among them), single spaces, then NFC.

    Of marks upon one letter three stay: no script has more, and a heap of them is work for nothing.
    """
    kept = (
        " " if c.isspace() or unicodedata.category(c) == "Cc" else c
        for c in text
        if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"} or c.isspace()
    )
    return unicodedata.normalize("NFC", " ".join(_thin_marks("".join(kept)).split()))


def _thin_marks(text: str) -> str:
    if text.isascii():
        return text
    run = 0
    kept = []
    for letter in text:
        run = run + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        if run <= MARKS:
            kept.append(letter)
    return "".join(kept)


def honest_part(text: str) -> str:
    """``text`` without addresses, markup, personal data and abuse; as it was if nothing else is left.

    The words of a link stay.
    """
    return " ".join(honest_pieces(text)) or text


def honest_pieces(text: str) -> tuple[str, ...]:
    """What `honest_part` leaves, parted where something was taken out. ``text`` is clean: it holds no line break."""
    masked = mask_personal(_MARKUP.sub("\n", _LINK.sub(r"\1", text)))
    rest = cut_abuse(cut_masks(masked, "\n"), "\n")
    return tuple(" ".join(piece.split()) for piece in rest.split("\n") if _LETTER.search(piece))


def count_letters(text: str) -> int:
    """Letters and digits in ``text``: its length without spaces and punctuation."""
    return len(only_letters(text))


def cut_abuse(text: str, by: str) -> str:
    """``text`` with ``by`` in place of words of abuse, so that the honest question in it is what gets answered."""
    return _ABUSE.sub(by, text)
