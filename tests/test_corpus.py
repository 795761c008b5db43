"""Documents in the heading styles that terms are written in, counted by hand: the project's own, and those of others.

Those of others are kept beside the project, never in it: `../shared/corpus`, where that is there.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from index.terms import inspect

OWN = Path(__file__).parent / "data" / "documents"
OTHERS = Path(__file__).parents[2] / "shared" / "corpus"


def read_labels(folder: Path) -> dict[str, dict[str, Any]]:
    """What a reader counted, by document; {} for a folder that is not there.

    Raises:
        OSError, ValueError: it is there and cannot be read: only by CI, which would pass without a test otherwise.
    """
    try:
        labels: dict[str, dict[str, Any]] = (
            json.loads((folder / "labels.json").read_text(encoding="utf-8")) if folder.exists() else {}
        )
    except (OSError, ValueError):
        if os.environ.get("CI"):
            raise
        return {}
    return labels


LABELS = {(folder, name): label for folder in (OWN, OTHERS) for name, label in read_labels(folder).items()}
each_document = pytest.mark.parametrize("document", LABELS, ids=lambda document: document[1])


def path_of(document: tuple[Path, str]) -> Path:
    folder, name = document
    places = (folder / f"{name}.md", folder / f"{name}.txt", folder / "txt" / f"{name}.txt")
    return next(path for path in places if path.exists())


def test_labels_that_cannot_be_read_fail_under_ci(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "labels.json").write_text("{", encoding="utf-8")
    monkeypatch.delenv("CI", raising=False)
    assert read_labels(tmp_path) == read_labels(tmp_path / "none") == {}
    monkeypatch.setenv("CI", "true")
    assert read_labels(tmp_path / "none") == {}
    with pytest.raises(ValueError, match="Expecting"):
        read_labels(tmp_path)


def test_the_projects_own_documents_are_all_labelled() -> None:
    assert {path.stem for path in OWN.iterdir()} - {"labels"} == {name for folder, name in LABELS if folder == OWN}


@each_document
def test_a_document_parses_to_what_a_reader_counted(document: tuple[Path, str]) -> None:
    label, terms = LABELS[document], inspect(path_of(document))
    body = [article for article in terms.articles if not article.addendum]
    sections = label.get("sections", [])
    titles = label["titles"] or {section["number"]: section["title"] for section in sections}
    numbers = label["numbers"] or [section["number"] for section in sections]
    chapters = {n: row["line"] for row in label.get("chapter_articles", []) for n in row["articles"]}
    assert [article.number for article in body] == numbers
    assert {article.number: article.title or None for article in body} == titles
    assert {article.number: article.chapter for article in body} == {n: chapters.get(n) for n in numbers}


@each_document
def test_its_paragraphs_are_counted(document: tuple[Path, str]) -> None:
    terms = inspect(path_of(document))
    counts = {article.number: len(article.paragraphs) for article in terms.articles if not article.addendum}
    wanted = LABELS[document].get("paragraphs", {})
    assert {number: counts[number] for number in wanted} == wanted


@each_document
def test_its_addenda_are_found(document: tuple[Path, str]) -> None:
    label, terms = LABELS[document], inspect(path_of(document))
    addenda = [article for article in terms.articles if article.addendum]
    assert bool(addenda) == bool(label.get("appendix"))
    if "appendix_articles" in label:
        assert [(a.number, a.title or None) for a in addenda] == [
            (row["number"], row["title"]) for row in label["appendix_articles"]
        ]


@each_document
def test_its_text_begins_with_the_first_words(document: tuple[Path, str]) -> None:
    terms = inspect(path_of(document))
    body = {a.number: terms.source[a.heading_end : a.end] for a in terms.articles if not a.addendum}
    for number, words in LABELS[document].get("first_words", {}).items():
        assert " ".join(body[number].replace("**", "").split()).lstrip(":* ").startswith(words.replace("**", ""))
