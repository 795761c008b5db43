"""Conversation: what is said to the bot that asks nothing of the terms, and what it says back.

Acts are learnt from ``data/conversation`` by the ranker that finds clauses; nothing here knows a greeting by its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answer import Answer, Citation, Status, bullets, escape_markdown
from bot.gate import ANSWER
from bot.render.contacts import ways_to_a_person
from bot.understand.clause_numbers import names_other_terms, points_to_neighbour
from bot.understand.conversation import asks_exception, asks_whole
from bot.understand.follow_up import asks_where
from bot.understand.parts import without_joint
from bot.understand.question import count_letters
from index.clause import article_name
from index.editions.edition import principal
from index.references.by_number import find_references

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.render.lead import Wording
    from bot.understand.follow_up import Topic
    from bot.understand.question import Query
    from index.editions.edition import Edition
    from index.passages import Passage
    from index.search.clause_search import ClauseSearch
    from index.search.hits import Scored

TALK = 0.5  # probability from which something is an act of conversation
VAGUE, EASIER, SUMMARY, COMPLAINT = "vague", "easier", "summary", "complaint"
ALONE = {VAGUE, SUMMARY}  # acts that in a conversation are follow-ups
MAX_PIECES = 6
TOPICS = 4
SIGNS = 3  # characters of a message of signs alone ("❤️", "^^"), up to which it may be said to the bot
FEW_LETTERS = 12
NOTHING = 0.2  # score, below which a text resembles nothing
NEAR_TOPIC = 0.14  # likeness of a clause's subject, from which its article is offered
WHICH = "어떤 내용을 찾으시나요?"
WHAT_HAPPENED = "어떤 일이 있었는지 말씀해 주시면 관련 조항을 찾아 드릴게요."

_SYLLABLES = re.compile(r"[가-힣]\s{0,9}[가-힣]")
_WORDS = re.compile(r"[A-Za-z]{2,30}\s{1,9}[A-Za-z]{2}")
# "일반 상담사 것은요?", "느그 꺼는?": the question before, of something else
_ASKS_ON = re.compile(
    r"[가-힣]{1,30}(?:은|는)\s{0,9}(?:요|예|여|유|데요)?\s{0,9}[?？]+\s{0,9}$|[가-힣]{2,30}(?:은|는)요$"
)
_PIECE = re.compile(r"(?<=[?？!~.…])\s{1,9}|(?<=[ㅋㅎㅠㅜ^])\s{1,9}|\s{0,9},\s{1,9}|\n+")


@dataclass(frozen=True, slots=True)
class Heard:
    """``act``: what a message is in a conversation, "" for a question; ``query``: the question without its greeting."""

    act: str
    query: Query


def hear(query: Query, search: ClauseSearch) -> Heard:
    """Tell conversation from questions. A greeting before a question is left out of it."""
    bare = not any(map(str.isalnum, query.text)) and len(query.text) > SIGNS
    by_name = find_references(query.text) or asks_where(query.text) or names_other_terms(query.text, search)
    if bare or by_name or (query.history and _points_back(query.text)):
        return Heard("", query)
    pieces = [without_joint(piece) for piece in _PIECE.split(query.text) if piece.strip()]
    several = pieces if 1 < len(pieces) <= MAX_PIECES else []
    whole, *parts = search.score([query.text, *several])
    if whole.reading is None:
        return Heard("", query)
    asking = [part for part in parts if not _is_talk(part) or (query.history and _leans(part))]
    asks = [part for part in asking if part.answerable >= ANSWER]
    if _is_talk(whole) and not asks and not (query.history and _leans(whole)):
        return Heard(_said(whole, parts), query)
    if parts and not asking and whole.answerable < ANSWER:
        loudest = max(parts, key=_talk)
        act = loudest.reading.act if loudest.reading else ""
        return Heard("" if query.history and _leans(loudest) else act, query)
    if asking and len(asking) < len(parts):
        return Heard("", replace(query, text=" ".join(part.text for part in asking)))
    return Heard(VAGUE if not query.history and _says_nothing(whole) else "", query)


def _leans(scored: Scored) -> bool:
    """Whether in a conversation a text is a follow-up: it says too little by itself to be anything else."""
    reading = scored.reading
    return reading is None or reading.act in ALONE or reading.vague >= reading.talk


def _points_back(text: str) -> bool:
    """Whether a text asks on from where the conversation is: no remark, whatever it resembles."""
    return bool(points_to_neighbour(text) or asks_whole(text) or asks_exception(text) or _ASKS_ON.search(text))


def _said(whole: Scored, parts: Sequence[Scored]) -> str:
    """The act of a message: a greeting before "문의 좀 드릴게요" is answered as a greeting."""
    acts = [scored.reading.act for scored in (whole, *parts) if scored.reading and _is_talk(scored)]
    return next((act for act in acts if act != VAGUE), VAGUE)


def _says_nothing(scored: Scored) -> bool:
    """Whether a few words resemble nothing that was ever asked, neither of the terms nor of something else."""
    reading = scored.reading
    if reading is None or scored.answerable >= ANSWER:
        return False
    if not _SYLLABLES.search(scored.text) and not _WORDS.search(scored.text):
        return True
    if count_letters(scored.text) > FEW_LETTERS:
        return False
    strongest = max(float(scored.scores.max()), float(reading.near.max()), *(s for _, s in reading.aspects[:1]))
    return strongest < NOTHING


def asks_nothing(scored: Scored) -> bool:
    """Whether a text alone is conversation or nonsense, to which no clause could ever be an answer.

    A vague question is still one.
    """
    said = scored.reading is not None and scored.reading.act != VAGUE and _is_talk(scored)
    return (said and scored.answerable < ANSWER) or _says_nothing(scored)


def _talk(scored: Scored) -> float:
    return scored.reading.talk if scored.reading else 0.0


def _is_talk(scored: Scored) -> bool:
    """Whether it is conversation."""
    return _talk(scored) >= TALK


class Talk:
    """What is said back."""

    def __init__(self, wording: Wording, editions: Sequence[Edition]) -> None:
        self._wording = wording
        self._editions = editions

    def reply(self, act: str, topic: Topic | None, scored: Scored, search: ClauseSearch) -> Answer:
        """To an act. "easier" tells the clauses spoken of plainly; what is too vague gets topics to choose from."""
        if act == SUMMARY:
            return self._summary(search)
        if act == VAGUE:
            return self._clarify(scored, search)
        if act == EASIER and topic:
            plain = self._plainly([hit.passage for hit in topic.hits[:2] if hit.score >= ANSWER or hit.named])
            if plain:
                return plain
        told = [WHAT_HAPPENED, *ways_to_a_person(self._contacted())] if act == COMPLAINT else []
        return Answer(Status.CHAT, "\n\n".join([self._words(act), *told]), act=act)

    def _contacted(self) -> list[Edition]:
        return [principal(self._editions)] if self._editions else []

    def _words(self, act: str) -> str:
        return self._wording.acts[act].reply if act in self._wording.acts else WHICH

    def _plainly(self, passages: Sequence[Passage]) -> Answer | None:
        told = [(p, line) for p in passages if (line := self._wording.line(p))]
        if not told:
            return None
        cited = tuple(Citation.of(passage) for passage, _ in told)
        lines = [f"{escape_markdown(line)} {link(c)}" for (_, line), c in zip(told, cited, strict=True)]
        lead = " ".join(line for _, line in told)
        text = "\n\n".join(["쉽게 말씀드리면 이래요.", *lines])
        return Answer(Status.CHAT, text, cited, lead=lead, act=EASIER)

    def _clarify(self, scored: Scored, search: ClauseSearch) -> Answer:
        topics = list(dict.fromkeys(self._topics(scored, search)))[:TOPICS]
        text = "\n\n".join(filter(None, [self._words(VAGUE), bullets(topics)]))
        return Answer(Status.CLARIFY, text, act=VAGUE, topics=tuple(topics))

    def _topics(self, scored: Scored, search: ClauseSearch) -> Iterator[str]:
        """The nearest articles, then a question on each subject of the first page: all of them have answers."""
        for hit in search.near(scored, TOPICS):
            if hit.score >= NEAR_TOPIC:
                passage = hit.passage
                yield f"{passage.article_title} ({article_name(passage.clause.article)})"
        for edition in self._editions:
            yield from (questions[0] for _, questions in edition.examples if questions)

    def _summary(self, search: ClauseSearch) -> Answer:
        """The articles with what their first paragraphs say plainly."""
        first: dict[tuple[str, str], Passage] = {}
        for passage in search.passages:
            first.setdefault((passage.clause.document, passage.clause.article), passage)
        cited = tuple(Citation.of(passage) for passage in first.values())
        lines = [
            f"- {link(c)}: {escape_markdown(self._wording.line(p) or p.quote)}"
            for c, p in zip(cited, first.values(), strict=True)
        ]
        return Answer(Status.ANSWERED, "약관의 차례와 조마다 첫 내용이에요.\n\n" + "\n".join(lines), cited, act=SUMMARY)


def link(citation: Citation) -> str:
    """A citation as a link that says what it leads to."""
    return f"[{citation.mark} · {escape_markdown(citation.title)}]({citation.url})"
