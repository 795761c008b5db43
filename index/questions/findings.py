"""What is to be told of the curated questions as a whole: documents and clauses with few, numbers that name nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.questions.files import load_questions
from index.questions.following import Anchors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.editions.edition import Edition
    from index.questions.corpus import Corpus

MIN_QUESTIONS = 12  # curated questions a paragraph, from which the search does well (measured in the README)


def thin(corpus: Corpus) -> list[str]:
    """Documents without a question, and paragraphs with too few."""
    counts = {passage.clause: 0 for passage in corpus.passages}
    for question in corpus.questions:
        for clause in question.clauses[:1]:
            counts[clause] += 1
    curated = {clause.document for clause, count in counts.items() if count}
    bare = dict.fromkeys(clause.document for clause in counts if clause.document not in curated)
    said = "대표 질문이 하나도 없어 약관의 글만으로 답합니다. `python -m index draft-questions`가 초안을 제안합니다."
    return [f"{terms}: {said}" for terms in bare] + [
        f"{c.document} {c.name}: 대표 질문이 {count}개입니다({MIN_QUESTIONS}개 이상 권장)."
        for c, count in counts.items()
        if count < MIN_QUESTIONS and c.document in curated
    ]


def unanchored(data: Path, corpus: Corpus) -> list[str]:
    """Documents whose numbers could be those of several editions."""
    anchors = Anchors(data)
    names = dict.fromkeys(passage.clause.document for passage in corpus.passages)
    return [
        f'{name}: 판이 여럿입니다. 대표 질문의 번호가 따르는 판을 terms.toml에 questions = "시행일"로 적으세요.'
        for name in names
        if len(anchors.library.dates(name)) > 1 and not anchors.named(name)
    ]


def misplaced(data: Path, editions: Sequence[Edition]) -> list[str]:
    """Paragraphs that curated questions name and the edition that their numbers follow lacks.

    Raises:
        QuestionsError: a file of curated questions is malformed.
        TermsError: ``terms.toml`` names an edition that is not there.
    """
    anchors = Anchors(data)
    found: dict[str, int] = {}
    for edition in editions:
        anchor = anchors.edition(edition)
        for question in load_questions(data, edition.name):
            for clause in question.clauses:
                if anchor.paragraph(clause) is None:
                    name = f"{edition.name} {clause.name}"
                    found[name] = found.get(name, 0) + 1
    return [f"{name}: 그런 항이 없습니다(대표 질문 {count}개)." for name, count in found.items()]
