"""The terms and the curated questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.doctor.result import Result, fine, warning, wrong
from index.checking import examine
from index.editions.library import Library, load_editions
from index.errors import QuestionsError, TermsError
from index.questions.corpus import read_corpus
from index.questions.findings import misplaced, thin, unanchored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.settings import Settings

LOOK = "`python -m index check`로 모두 보세요."


def check_terms(settings: Settings) -> Result:
    """Whether every edition can be read, and one is in force."""
    library = Library(settings.data)
    try:
        editions = load_editions(settings.data)
        every = [(name, date) for name in library.names() for date in library.dates(name)]
        for name, date in every:
            library.edition(name, date)
    except TermsError as error:
        return wrong(str(error), "파일을 고치세요. `python -m index check 파일`이 도와줍니다.")
    return fine(f"시행 중인 약관 {len(editions)}개, 판 {len(every)}개")


def check_contact(settings: Settings) -> Result:
    """The contact clauses of ``terms.toml``, which stand where there is no answer."""
    editions = load_editions(settings.data)
    if any(edition.contact for edition in editions):
        return fine(", ".join(f"{e.title} {c.name}" for e in editions for c in e.contact))
    return warning("답이 없을 때 보여 줄 연락처 조항이 없습니다.", 'terms.toml에 contact = ["21.4"]처럼 적으세요.')


def check_texts(settings: Settings) -> Result:
    """What `python -m index check` finds in the texts in force."""
    editions = load_editions(settings.data)
    faults = [f"{e.name} {e.date}:{f.line}: {f.message}" for e in editions for f in examine(e.terms)]
    return _told(
        faults,
        "나뉘지 않은 줄도, 없는 조를 가리키는 말도 없습니다.",
        "약관 파일을 `python -m index check 파일`로 보세요.",
    )


def check_questions(settings: Settings) -> Result:
    """Whether the curated questions can be read and are enough."""
    try:
        corpus = read_corpus(settings.data, load_editions(settings.data))
        faults = [*unanchored(settings.data, corpus), *thin(corpus)]
    except QuestionsError as error:
        return wrong(str(error), "그 줄을 고치세요.")
    return _told(faults, f"대표 질문 {len(corpus.questions)}개, 항 {len(corpus.passages)}개", LOOK)


def check_numbers(settings: Settings) -> Result:
    """Whether the paragraphs that the curated questions name are there."""
    found = misplaced(settings.data, load_editions(settings.data))
    return _told(
        found, "대표 질문의 항이 모두 약관에 있습니다.", "data/questions의 파일 이름과 제목(## 제N항)을 고치세요."
    )


def _told(faults: Sequence[str], fit: str, advice: str) -> Result:
    if not faults:
        return fine(fit)
    more = f" (그 밖에 {len(faults) - 1}가지)" if len(faults) > 1 else ""
    return warning(f"{' '.join(faults[0].split())[:200]}{more}", advice)
