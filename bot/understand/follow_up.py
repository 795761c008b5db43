"""Follow-ups: "언제까지요?", "그럼 요금은요?", "그 조항 번호는요?" are read together with what was asked before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.gate import ANSWER, ANSWER_WISH, CITE, Finding
from bot.understand.clause_numbers import choose_within
from bot.understand.question import count_letters
from index.aspects import Standing
from index.kinds import ANSWERED_BY, measured_kind

if TYPE_CHECKING:
    from index.clause import Clause
    from index.search.clause_search import ClauseSearch
    from index.search.hits import Hit, Scored

# Measured on the follow-ups of data/eval/validation.jsonl and on its single questions put behind another question.
STANDS = 0.42  # score of the best clause, from which a question that it answers stands alone whatever its form
# out-of-scope score, from which it does: up to 0.31 of those that lean, from 0.67 of what is out of scope (the same on
# holdout.jsonl and test.jsonl)
STRANGE = 0.5
STRANGE_SHORT = 0.3  # the same for a short question that has only its shortness
STRANGE_BARE = 0.8  # the same for a question word with next to nothing else
SHORT, FEW, SHORTER, SHORTEST = 16, 12, 10, 9  # letters
TALK = 0.5  # probability from which words are conversation, and ask nothing of a topic; or are too vague without it
RETURNS = 0.1  # score of an earlier topic's clause, from which words alone lead back to it
MOST = 3  # clauses of a follow-up that are looked at
# Without a form that leans: probability that both together are answered, out-of-scope score of the words alone, and how
# many of their own nearest clauses may be of the article. Of 380 follow-ups with an answer in eight seen sets right 328
# instead of 320, of 122 without one refused 98 as before (2026-12-01).
SUPPORTED, STRANGE_ALONE, NEAR_ALONE = 0.9, 0.5, 5

_POINTS = re.compile(
    r"^(?:그럼|그러면|그거|그건|그게|그것|그 |그쪽|그때|그래도|그래서|그렇|거기|이거|이건|이게|저거|반대로|아까|위에"
    r"|방금|그중|그런|또 |다음|and |what about|how about)",
    re.IGNORECASE,
)
_ASKS_FIRST = re.compile(r"^(?:어떤|어떻게|며칠|얼마|언제|누가|누구|왜|어디|몇)")
_TRAILS_OFF = re.compile(
    r"(?:면|은|는|도|건|라도|까지|부터|만|한테)(?:요)?\s{0,9}[?？]{0,20}$|면\s{0,9}(?:어떻|어떡|어케|어찌)\S{0,60}(?:\s\S{1,3})?$"
)
_BARE_END = r"(?:은|는|이|가)?(?:요|여)?\s{0,9}[?？.~]{0,9}$"
_BARE = {
    "비율": re.compile(rf"(?:이율|이자율|비율|요율|할인율|수수료율){_BARE_END}"),
    "금액": re.compile(rf"(?<![가-힣])(?:비용|가격|금액|단가|수수료){_BARE_END}"),
    "기간": re.compile(rf"(?<![가-힣])(?:기간|소요\s?기간|처리\s?기간){_BARE_END}"),
    "기한": re.compile(rf"(?:기한|마감){_BARE_END}"),
    "횟수": re.compile(rf"횟수{_BARE_END}"),
    "요일·시각": re.compile(rf"(?:요일|시각){_BARE_END}"),
}
_POLITE = re.compile(r"요\s{0,9}[?？]{0,20}$")
_SPOKEN_OF = re.compile(
    r"그거|그건|그게|그것|그 |이거|이건|이게|방금|아까|위에|말한|답한|알려\s{0,9}준|말씀하신|내용|조항|근거|혹시"
    r"|정확히|거는|건|거|것|이에요|예요|인가요|인지|인데|이죠|죠|이야|야|요|나요|은|는|이|가|의|을|를|좀|알려\s{0,9}줘|알려\s{0,9}주세요|있어|있나|와"
)
_WHERE = re.compile(
    r"(?:그거|그건|그게|그 내용|그 조항|이거|이건|그|방금|거|이|조항|의|은|는|이|가|을|를)?\s{0,9}"
    r"(?:제?\s{0,9}몇\s{0,9}조|몇\s{0,9}항|조항\s{0,9}번호|어느\s{0,9}조항?|무슨\s{0,9}조항?|어디에?\s{0,9}(?:나와|있|적혀))"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What the conversation is about: the last answered question and its hits.

    ``earlier``: what it was about before, oldest first.
    """

    text: str
    hits: tuple[Hit, ...]
    earlier: tuple[Topic, ...] = ()

    @property
    def clause(self) -> Clause:
        """The clause cited first."""
        return self.hits[0].passage.clause


def asks_where(text: str) -> bool:
    """Whether ``text`` asks for nothing but the number of the clause spoken of: "그거 몇 조예요?"."""
    return bool(_WHERE.search(text)) and count_letters(_SPOKEN_OF.sub("", _WHERE.sub("", text))) <= 1


def read_follow_up(text: str, topic: Topic, search: ClauseSearch, *, leaning: bool = False) -> Finding | None:
    """``text`` read together with ``topic``; None if it stands alone. ``leaning``: it is known to lean on the topic.

    It leans on the topic if its form does (it points back, trails off, or is a few words) or if it is too vague to
    stand alone, and neither a clause nor the out-of-scope questions know it. What is searched then is both together,
    the new words counted once more and the topic held down, for a follow-up mostly asks for the next thing.
    """
    if not leaning and not _may_lean(text) and not _says_too_little(search.score([text])[0]):
        return _supported(text, topic, search)
    topic = _nearest(text, topic, search)
    joined = f"{topic.text} {text}"
    alone, together, before = search.score([text, joined, topic.text])
    best, strange = float(alone.scores[:-1].max()), float(alone.scores[-1])
    said = alone.reading is not None and alone.reading.talk - alone.reading.vague >= TALK
    stands = best >= STANDS and alone.answerable >= ANSWER
    if said or strange >= _strangeness(text):
        return None
    followed = search.follow(alone, together, before, topic.clause)
    if stands and not _stays(text, followed, topic, search):
        return None
    if topic.hits[0].named:
        title = topic.hits[0].passage.article_title
        chosen = choose_within(topic.clause, search.score([f"{title} {text}"])[0], search)
        return Finding(joined, tuple(chosen)) if chosen else None
    finding = Finding.of(followed, search, asked=text)
    return _checked(finding, topic, search, least=ANSWER_WISH if leaning else ANSWER)


def _stays(text: str, followed: Scored, topic: Topic, search: ClauseSearch) -> bool:
    """Whether a few words that trail off ("보상은요?") and could stand alone are of the article spoken of after all."""
    if count_letters(text) > SHORTEST or not _TRAILS_OFF.search(text) or followed.answerable < ANSWER:
        return False
    return search.hits(followed, 1)[0].passage.clause.beside(topic.clause)


def _supported(text: str, topic: Topic, search: ClauseSearch) -> Finding | None:
    """``text`` read together with ``topic`` although nothing in its form leans on it; None if it stands alone.

    Then the terms do not answer it alone, and both it and the conversation lead to the same article.
    """
    joined = f"{topic.text} {text}"
    alone, together, before = search.score([text, joined, topic.text])
    said = alone.reading is not None and alone.reading.talk - alone.reading.vague >= TALK
    if (
        said
        or alone.answerable >= ANSWER
        or together.answerable < SUPPORTED
        or float(alone.scores[-1]) >= STRANGE_ALONE
    ):
        return None
    finding = Finding.of(search.follow(alone, together, before, topic.clause), search, asked=text)
    best = finding.hits[0].passage.clause
    own = [hit.passage.clause for hit in search.hits(alone, NEAR_ALONE)]
    if not best.beside(topic.clause) or not any(clause.beside(best) for clause in own):
        return None
    return _checked(finding, topic, search, least=ANSWER)


def _says_too_little(scored: Scored) -> bool:
    """Whether a text is too vague by itself, or a few words that the terms do not answer by themselves."""
    vague = scored.reading.vague if scored.reading else 0.0
    return vague >= TALK or (count_letters(scored.text) <= FEW and scored.answerable < ANSWER)


def _nearest(text: str, topic: Topic, search: ClauseSearch) -> Topic:
    """``topic``, or an earlier one to whose first clause the words by themselves lead."""
    if not topic.earlier or topic.hits[0].named:
        return topic
    scored = search.score([text])[0]
    best = search.hits(scored, 1)[0].passage.clause
    if best.beside(topic.clause) or float(scored.scores[:-1].max()) < RETURNS:
        return topic
    return next((one for one in reversed(topic.earlier) if one.clause == best), topic)


def _checked(finding: Finding, topic: Topic, search: ClauseSearch, *, least: float) -> Finding:
    """``finding`` without the clauses that state no value of the kind asked for, and with what is spoken of beside it.

    ``least``: probability from which a clause that states such a value answers: less where the topic was named.
    What is spoken of is known to be in the terms, so the scores say yes; the value that is asked now need not be.
    """
    spoken = tuple(replace(hit, score=1.0) for hit in topic.hits[:1])
    finding = replace(finding, near=(*spoken, *(hit for hit in finding.near if hit.passage != spoken[0].passage)))
    kind = _asked_value(finding.asked)
    if not kind:
        return finding
    cited = [hit for hit in finding.hits[:MOST] if hit.score >= CITE * finding.hits[0].score]
    near = [hit for hit in cited if hit is cited[0] or hit.passage.clause.beside(topic.clause)]
    telling = [hit for hit in near if _tells(hit.passage.clause, kind, search)]
    if telling and finding.hits[0].score >= least:
        first = replace(telling[0], score=max(finding.hits[0].score, ANSWER))
        return replace(finding, hits=(first, *telling[1:]))
    clauses = {hit.passage.clause for hit in (*topic.hits[:MOST], *cited)}
    aspects = finding.reading.aspects if finding.reading else ()
    absent = [a.thing for a, _ in aspects if a.standing is Standing.ABSENT and a.kind == kind and a.clause in clauses]
    return replace(finding, hits=(), absent=absent[0] if absent else "")


def _asked_value(text: str) -> str:
    """The measured kind that a follow-up asks for, by its question word or by a bare noun ("이자율은요?"), or ""."""
    return measured_kind(text) or next((kind for kind, pattern in _BARE.items() if pattern.search(text)), "")


def _tells(clause: Clause, kind: str, search: ClauseSearch) -> bool:
    """Whether a clause states a value that answers the kind, or leaves just this kind to another document."""
    known, none = search.known_kinds, frozenset[str]()
    return bool(ANSWERED_BY[kind] & known.stated.get(clause, none)) or kind in known.left.get(clause, none)


def _strangeness(text: str) -> float:
    """The out-of-scope score from which ``text`` is a question of its own; a bare "며칠 전에요?" hardly ever is."""
    if not _leans(text):
        return STRANGE_SHORT
    return STRANGE_BARE if _ASKS_FIRST.search(text) and count_letters(text) <= SHORTER else STRANGE


def _may_lean(text: str) -> bool:
    return _leans(text) or (count_letters(text) <= SHORTEST and bool(_POLITE.search(text)))


def _leans(text: str) -> bool:
    letters = count_letters(text)
    return (
        (letters <= SHORT + SHORTEST and bool(_POINTS.search(text)))
        or (letters <= SHORTER and bool(_ASKS_FIRST.search(text)))
        or (letters <= SHORT and bool(_TRAILS_OFF.search(text)))
    )
