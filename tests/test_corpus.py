"""Documents of others, counted by hand: kept beside the project, never in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.terms import inspect

if TYPE_CHECKING:
    from typing import Any

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
LABELS: dict[str, dict[str, Any]] = (
    json.loads((CORPUS / "labels.json").read_text(encoding="utf-8")) if CORPUS.exists() else {}
)

pytestmark = pytest.mark.skipif(not LABELS, reason="../shared/corpus 가 없어 다른 곳의 약관으로 시험하지 않습니다.")


def path_of(name: str) -> Path:
    places = (CORPUS / f"{name}.md", CORPUS / f"{name}.txt", CORPUS / "txt" / f"{name}.txt")
    return next(path for path in places if path.exists())


@pytest.mark.parametrize("name", LABELS)
def test_a_document_parses_to_what_a_reader_counted(name: str) -> None:
    label, terms = LABELS[name], inspect(path_of(name))
    body = [article for article in terms.articles if not article.addendum]
    sections = label.get("sections", [])
    titles = label["titles"] or {section["number"]: section["title"] for section in sections}
    numbers = label["numbers"] or [section["number"] for section in sections]
    chapters = {n: row["line"] for row in label.get("chapter_articles", []) for n in row["articles"]}
    assert [article.number for article in body] == numbers
    assert {article.number: article.title or None for article in body} == titles
    assert {article.number: article.chapter for article in body} == {n: chapters.get(n) for n in numbers}


@pytest.mark.parametrize("name", LABELS)
def test_its_addenda_are_found(name: str) -> None:
    label, terms = LABELS[name], inspect(path_of(name))
    addenda = [article for article in terms.articles if article.addendum]
    assert bool(addenda) == bool(label.get("appendix"))
    if "appendix_articles" in label:
        assert [(a.number, a.title or None) for a in addenda] == [
            (row["number"], row["title"]) for row in label["appendix_articles"]
        ]


@pytest.mark.parametrize("name", LABELS)
def test_its_text_begins_with_the_first_words(name: str) -> None:
    terms = inspect(path_of(name))
    body = {a.number: terms.source[a.heading_end : a.end] for a in terms.articles if not a.addendum}
    for number, words in LABELS[name].get("first_words", {}).items():
        assert " ".join(body[number].replace("**", "").split()).lstrip(":* ").startswith(words.replace("**", ""))
