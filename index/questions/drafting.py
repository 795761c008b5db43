"""Curated questions proposed for paragraphs that have few: from titles and key phrases, and by a language model.

They are drafts: a person accepts, changes or drops each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.clause import article_name
from index.questions.files import fold_question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from index.clause import Clause
    from index.passages import Passage
    from index.questions.corpus import Corpus

    Propose = Callable[[Passage], Sequence[str]]

MOST = 12  # drafts of a paragraph
LENGTH = range(4, 81)  # characters of a draft
_OBJECT = re.compile(r"([가-힣A-Za-z]{2,12})[을를](?![가-힣])")  # what something is done with: mostly a noun
_NO_NOUN = re.compile(r".*(?:에|의|은|는|한|할|등|것|수|바|때|경우|사항|이후|자신|해당)$")
_PERIOD = re.compile(r"(?<!\d)(?<!\d[,.])\d++(?:[,.]\d++)*+[,.]*+\s*+(?:일|개월|년|시간)")
_DUTY = re.compile(r"(?:하여야|해야)\s*(?:한다|합니다)")
_RIGHT = re.compile(r"할 수 (?:있다|있습니다)")
_LINE = re.compile(r"^\s*+(?:[-*•]|\d{1,2}[.)])?\s*+(\S(?:.*\S)?)\s*+$")
PROMPT = """다음은 약관의 한 항입니다. 이 항만 읽고 답할 수 있는 질문을 고객이 일상에서 쓰는 말로 여덟 개 쓰세요.
한 줄에 하나씩, 번호나 설명 없이 질문만 씁니다.

제목: {title}
내용: {quote}"""


def thin_clauses(corpus: Corpus, terms: str, least: int) -> list[Passage]:
    """The paragraphs of a document that have fewer than ``least`` curated questions."""
    counts: dict[Clause, int] = {}
    for question in corpus.questions:
        for clause in question.clauses[:1]:
            counts[clause] = counts.get(clause, 0) + 1
    return [p for p in corpus.passages if p.clause.document == terms and counts.get(p.clause, 0) < least]


def draft(passages: Iterable[Passage], known: Iterable[str], proposals: Sequence[Propose]) -> dict[Clause, list[str]]:
    """At most `MOST` new questions for each paragraph, those of the first of ``proposals`` first.

    ``known``: texts that are curated already. None is drafted twice: one that fits two paragraphs leads to neither.
    """
    taken = {fold_question(text) for text in known}
    found: dict[Clause, list[str]] = {}
    folds: dict[str, int] = {}
    for passage in passages:
        texts = {fold_question(text): text for propose in proposals for text in propose(passage) if len(text) in LENGTH}
        found[passage.clause] = [text for fold, text in texts.items() if fold and fold not in taken]
        for fold in texts:
            folds[fold] = folds.get(fold, 0) + 1
    return {
        clause: [text for text in texts if folds[fold_question(text)] == 1][:MOST] for clause, texts in found.items()
    }


def from_text(passage: Passage) -> list[str]:
    """Questions out of the title and what the paragraph speaks of: its objects, periods, duties and rights."""
    quote, title = passage.quote, passage.article_title
    objects = [word for word in dict.fromkeys(_OBJECT.findall(quote)) if not _NO_NOUN.match(word)][:3]
    questions = [f"{title} {word}" for word in objects if word not in title]
    questions += [f"{word}에 관한 규정이 있나요?" for word in objects]
    questions += [f"{word}, 어떻게 되나요?" for word in objects]
    questions += [f"{word} 기간이 얼마나 되나요?" for word in objects[:1] if _PERIOD.search(quote)]
    questions += [f"{word}에 관해 무엇을 해야 하나요?" for word in objects[:1] if _DUTY.search(quote)]
    questions += [f"{word}에 관해 무엇을 할 수 있나요?" for word in objects[:1] if _RIGHT.search(quote)]
    return questions


def from_subjects(questions: Mapping[str, Sequence[str]]) -> Propose:
    """What people ask of the same provision elsewhere. ``questions``: by the text of a passage."""
    return lambda passage: list(questions.get(passage.text, ()))


def from_model(complete: Callable[[str], str]) -> Propose:
    """Questions by a language model: ``complete`` gives its text for a prompt. Lines that ask nothing are left out."""

    def propose(passage: Passage) -> list[str]:
        said = complete(PROMPT.format(title=passage.article_title, quote=passage.quote))
        lines = (match[1] for line in said.splitlines() if (match := _LINE.match(line)))
        return [line for line in lines if line.endswith(("?", "요", "까", "나", "어", "지"))]

    return propose


def as_markdown(drafts: dict[Clause, list[str]], passages: Sequence[Passage]) -> Iterator[str]:
    """The lines of files in the format of ``data/questions``, each begun by a line with its name."""
    titles = {passage.clause.article: passage.article_title for passage in passages}
    article = ""
    for clause, texts in drafts.items():
        if texts and clause.article != article:
            article = clause.article
            yield f"# {article_name(article)} {titles[article]}".rstrip()
        if texts:
            yield f"\n## 제{clause.paragraph}항"
            yield from (f"- {text}" for text in texts)
            yield ""
