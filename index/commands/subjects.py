"""`subjects`: which common subjects the paragraphs of a file regulate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.commands.program import AsJson, app
from index.commands.terms import inspect_file
from index.questions.subjects import load_subjects
from index.settings import load_index_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.search.subject_match import Match
    from index.settings import IndexSettings

LIKELY = 0.5  # probability, from which the questions of a subject are proposed


@app.command()
def subjects(
    file: Annotated[Path, typer.Argument(help="약관 파일(TXT, Markdown, HTML, DOCX, HWPX, PDF)")],
    *,
    as_json: AsJson = False,
) -> None:
    """항마다 여러 회사의 약관에 함께 있는 어느 주제인지, 얼마나 확실한지, 사람들이 무엇을 묻는지 보여 줍니다."""
    terms = inspect_file(file)
    places = [(article, paragraph) for article in terms.articles for paragraph in article.paragraphs]
    found = match(load_index_settings(), [f"{article.title}: {one.text}" for article, one in places])
    rows = []
    for (article, paragraph), best in zip(places, found, strict=True):
        row: dict[str, Any] = {"article": article.address, "paragraph": paragraph.number, "title": article.title}
        if best:
            row |= {
                "subject": best[0].provision.subject,
                "probability": round(best[0].probability, 3),
                "provision": best[0].provision.text,
                "questions": list(best[0].provision.questions),
            }
        rows.append(row)
        if not as_json:
            sure = f"{row['subject']} ({best[0].probability:.0%}): {best[0].provision.text[:60]}" if best else "-"
            typer.echo(f"{article.name} 제{paragraph.number}항 {article.title}\n  {sure}")
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))


def match(settings: IndexSettings, texts: Sequence[str]) -> list[list[Match]]:
    """The nearest provision of each passage; none without subjects or without the embedding model."""
    # imported here: they take seconds, and the help texts must not
    from index.search.build import embedder_or_none
    from index.search.subject_match import SubjectMatcher

    known, embedder = load_subjects(settings.subjects), embedder_or_none(settings)
    return SubjectMatcher(known, embedder).match(texts) if known and embedder else [[] for _ in texts]


def questions_of_subjects(settings: IndexSettings, texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """By the text of a passage the questions of the provision that it says, where that is likely."""
    return {
        text: best[0].provision.questions
        for text, best in zip(texts, match(settings, texts), strict=True)
        if best and best[0].probability >= LIKELY
    }
