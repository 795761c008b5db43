"""What is asked: references by number, follow-ups made self-contained by the history, several questions in one.

No rule decides alone: rules propose readings, the trained search says which of them the terms answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.gate import ANSWER, Finding
from bot.question import ways_to_part
from index.reference import Reference, find_references, strip_references

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.question import Query
    from index.search import ClauseSearch, Hit, Scored

# Measured on data/eval/validation.jsonl (python -m bot eval): flat around these values.
SURE = 0.9  # a short question stands alone from this probability on
SHORT = 14  # letters, below which a question after others is read with the one before it
ASIDE = 0.6  # probability from which one sentence is answered although the message as a whole is not
FOREIGN = 0.03  # the words beside a reference tell below this probability that another document is meant
NEAR = 5  # best clauses of a message, among which the clause of a half of it must be
CHOOSES = 0.12  # score from which the words beside a reference choose within the article

_POINTING = re.compile(
    r"^(?:그럼|그러면|그거|그건|그게|그것|그 |그때|그래도|그렇|거기|이거|이건|이게|저거|반대로|아까|위에|방금|그중|그 중|그런|또 |다음|and |what about|how about)",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"(?:그거|그건|그게|그 내용|그 조항|이거|이건|그|방금|거|이|조항|의|은|는|이|가|을|를)?\s*(?:제?\s*몇\s*조|몇\s*항|조항\s*번호|어느\s*조항?|무슨\s*조항?|어디에?\s*(?:나와|있|적혀))"
)
_NEXT = re.compile(r"다음\s*(?:항|거|것|조항)")
_BEFORE = re.compile(r"(?:앞|이전|바로 위|전)\s*(?:항|조항)")
# 근로기준법 제7조 is none of ours
_OTHER_LAW = re.compile(r"[가-힣]*(?<!방)(?:법|법률|시행령|시행규칙|조례|헌법)(?:상|에서|의|에)?\s*$")
_FILLER = re.compile(
    r"보여|알려|내용|뭐|무엇|무슨|설명|비교|읽어|찾아|전문|원문|조항|궁금|말해|얘기|어떻게|되나|인가|요약|차이|각각|둘 다|주세요|줘|좀|이요|예요|이에요|뭔데|뭐였지|대해|관해"
    r"|show|tell|what|does|say|is|in|the|me|please|about|explain|summarize|compare|and|\W",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What the conversation is about: the last answered question and its hits."""

    text: str
    hits: tuple[Hit, ...]


def find(query: Query, search: ClauseSearch) -> tuple[str, list[Finding]]:
    """The self-contained question and one `Finding` for each separate question in it."""
    topic: Topic | None = None
    for earlier in query.history:
        text, findings = _read(earlier, topic, search)
        if findings[0].answerable:
            topic = Topic(text, findings[0].hits)
    return _read(query.text, topic, search)


def _read(text: str, topic: Topic | None, search: ClauseSearch) -> tuple[str, list[Finding]]:
    references = _ours(text)
    if topic and not references:
        references = _relative(text, topic)
    if references:
        return _by_number(text, references, topic, search)
    if topic and _WHERE.search(text) and len(_letters(_WHERE.sub("", text))) <= 4:
        return topic.text, [Finding(topic.text, topic.hits)]
    if topic:
        followed = _follow_up(text, topic, search)
        if followed:
            return followed
    return text, _parts(text, search)


def _ours(text: str) -> list[Reference]:
    """The references in ``text``, unless they are to another law."""
    found = find_references(text)
    first = re.search(r"제?\s*\d+\s*조", text)
    return [] if first and _OTHER_LAW.search(text[: first.start()]) else found


def _relative(text: str, topic: Topic) -> list[Reference]:
    """ "다음 항은?" → the paragraph behind the one cited last."""
    clause = topic.hits[0].passage.clause
    step = 1 if _NEXT.search(text) else -1 if _BEFORE.search(text) else 0
    if not step or not clause.paragraph.isdigit():
        return []
    return [Reference(clause.article, str(int(clause.paragraph) + step))]


def _by_number(
    text: str, references: Sequence[Reference], topic: Topic | None, search: ClauseSearch
) -> tuple[str, list[Finding]]:
    if topic:  # a lone "2항" belongs to the article spoken of
        article = topic.hits[0].passage.clause.article
        references = [Reference(r.article or article, r.paragraph) for r in references]
    references = [r for r in references if r.article]
    if not references:
        return text, _parts(text, search)
    rest = strip_references(text)
    words = search.score([rest])[0] if len(_letters(_FILLER.sub("", rest))) >= 2 else None
    if words is not None and words.answerable < FOREIGN:
        return text, [Finding(text, tuple(search.hits(words)))]
    hits: dict[object, Hit] = {}
    missing: list[str] = []
    for reference in references:
        found = search.named(reference)
        if not found:
            missing.append(f"{reference.article}.{reference.paragraph or ''}".rstrip("."))
        elif words is not None and reference.paragraph is None:
            found = _chosen(words, reference, search) or found
        hits |= {hit.passage.clause: hit for hit in found}
    own = find_references(text)
    interpreted = text if own and own[0].article else _named_text(references)
    return interpreted, [Finding(text, tuple(hits.values()), tuple(missing))]


def _chosen(words: Scored, reference: Reference, search: ClauseSearch) -> list[Hit]:
    """The clauses of the article that the other words of the question are about; [] if they choose none."""
    best = search.hits(words, within=reference.article)
    scores = {p.clause: float(s) for p, s in zip(search.corpus.passages, words.scores, strict=False)}
    top = scores[best[0].passage.clause]
    if top < CHOOSES:
        return []
    named = {hit.passage.clause: hit for hit in search.named(reference)}
    return [named[hit.passage.clause] for hit in best if scores[hit.passage.clause] >= 0.6 * top]


def _named_text(references: Sequence[Reference]) -> str:
    return ", ".join(f"제{r.article}조" + (f" 제{r.paragraph}항" if r.paragraph else "") for r in references)


def _follow_up(text: str, topic: Topic, search: ClauseSearch) -> tuple[str, list[Finding]] | None:
    """The question read together with the topic; None if it stands alone."""
    joined = f"{topic.text} {text}"
    alone, together = search.score([text, joined])
    points = bool(_POINTING.search(text))
    if not points and alone.answerable >= (SURE if len(_letters(text)) <= SHORT else ANSWER):
        return None
    if not points and len(_letters(text)) > 2 * SHORT:
        return None
    blended = search.blend(alone, together)
    return joined, [Finding(joined, tuple(search.hits(blended)))]


def _parts(text: str, search: ClauseSearch) -> list[Finding]:
    """The separate questions in ``text``, each with its hits; one if it asks one thing."""
    sentences, halvings = ways_to_part(text)
    ways = [sentences, *halvings] if len(sentences) > 1 else halvings
    pieces = list(dict.fromkeys([text, *(piece for way in ways for piece in way)]))
    scored = dict(zip(pieces, search.score(pieces), strict=True))
    whole = scored[text]
    for way in ways:
        found = [scored[piece] for piece in way]
        if _are_separate(found, whole, strict=way is not sentences):
            return [Finding(s.text, tuple(search.hits(s))) for s in found]
    if whole.answerable < ANSWER and len(sentences) > 1:
        # abuse, a story or an injected order around an honest question: the question alone may be answered
        best = max((scored[piece] for piece in sentences), key=lambda s: s.answerable)
        whole = best if best.answerable >= ASIDE else whole
    return [Finding(text, tuple(search.hits(whole)))]


def _are_separate(parts: Sequence[Scored], whole: Scored, *, strict: bool) -> bool:
    """Whether each part is answered by a clause of its own, which, if ``strict``, the whole is near to as well."""
    tops = [int(part.scores[:-1].argmax()) for part in parts]
    if len(set(tops)) < len(tops) or any(part.answerable < ANSWER for part in parts):
        return False
    near = whole.scores[:-1].argsort()[::-1][:NEAR]
    return not strict or all(top in near for top in tops)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
