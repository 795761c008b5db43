"""The plain lines of the paragraphs: each says what its paragraph says, by the checks that a language model passes."""

from __future__ import annotations

import re
from calendar import month_name
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.hostile import twist

from bot.evaluation.verifier.inflection import informal
from bot.settings import Settings
from bot.verify.endings import formal
from bot.verify.support import find_faults, sentences_of
from bot.verify.verification import leaves_out
from index.passages import make_passages
from index.questions.files import PARAGRAPH
from index.questions.plain import ENGLISH, load_plain
from index.sentences import is_proviso

if TYPE_CHECKING:
    from index.clause import Clause
    from index.editions.edition import Edition
    from index.passages import Passage
    from index.questions.plain import PlainLine

_COUNTED = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_ONE = re.compile(r"\b(?:one|a|an)(?= (?:year|month|week|day)\b)|\bonce\b")


@pytest.fixture(scope="module")
def edition(real_editions: tuple[Edition, ...]) -> Edition:
    return real_editions[0]


@pytest.fixture(scope="module")
def passages(edition: Edition) -> dict[Clause, Passage]:
    return {passage.clause: passage for passage in make_passages([edition])}


@pytest.fixture(scope="module")
def lines(edition: Edition) -> dict[Clause, PlainLine]:
    return load_plain(Settings().data, edition.name)


def sentences(passages: dict[Clause, Passage], lines: dict[Clause, PlainLine]) -> list[tuple[str, list[Passage]]]:
    """Each sentence of a plain line with what may support it: its paragraph, or for a rule before a proviso the one
    that the proviso is to."""
    found, before = [], None
    for clause, passage in passages.items():
        told = sentences_of(lines[clause].korean)
        rule = before if is_proviso(passage.quote) and before else passage
        found += [(told[0], [rule]), *((sentence, [passage]) for sentence in told[1:])]
        before = passage
    return found


def test_each_paragraph_has_one_plain_line_in_both_languages(edition: Edition) -> None:
    folder = Path(Settings().data, "plain", edition.name)
    assert {path.stem for path in folder.glob("*.md")} == {article.address for article in edition.terms.articles}
    for article in edition.terms.articles:
        first, *rows = (folder / f"{article.address}.md").read_text(encoding="utf-8").splitlines()
        assert first == f"# 제{article.address}조 {article.title}"
        headings = [row for row in rows if row.startswith("#")]
        assert headings == [f"## 제{paragraph.number}항" for paragraph in article.paragraphs], first
        blocks = [list(block) for heading, block in groupby(filter(None, rows), PARAGRAPH.match) if not heading]
        told = [[row.startswith(f"{ENGLISH} ") for row in block] for block in blocks]
        assert told == [[False, True]] * len(headings), first


def test_each_sentence_says_what_its_paragraph_says(
    passages: dict[Clause, Passage], lines: dict[Clause, PlainLine]
) -> None:
    found = [(text, find_faults(text, given)) for text, given in sentences(passages, lines)]
    assert [(text, faults) for text, faults in found if faults] == []


def test_no_part_of_a_paragraph_is_left_out(passages: dict[Clause, Passage], lines: dict[Clause, PlainLine]) -> None:
    told = {clause: sentences_of(line.korean) for clause, line in lines.items()}
    assert [clause for clause, passage in passages.items() if leaves_out(told[clause], passage.quote, "")] == []


def test_a_proviso_comes_with_its_rule(passages: dict[Clause, Passage], lines: dict[Clause, PlainLine]) -> None:
    provisos = [clause for clause, passage in passages.items() if is_proviso(passage.quote)]
    assert provisos
    assert all(len(sentences_of(lines[clause].korean)) > 1 for clause in provisos)
    assert not any(is_proviso(line.korean) for line in lines.values())


def test_a_line_that_says_something_else_would_be_caught(
    passages: dict[Clause, Passage], lines: dict[Clause, PlainLine]
) -> None:
    false = [
        (informal(twisted), given) for text, given in sentences(passages, lines) for _, twisted in twist(formal(text))
    ]
    assert len(false) >= 800
    assert [text for text, given in false if not find_faults(text, given)] == []


def test_lines_are_short_and_polite(lines: dict[Clause, PlainLine]) -> None:
    for line in lines.values():
        told = sentences_of(line.korean)
        assert len(told) <= 2, line.korean
        assert all(re.search(r"[요죠]\.$", sentence) for sentence in told), line.korean


def test_english_has_no_numbers_of_its_own(passages: dict[Clause, Passage], lines: dict[Clause, PlainLine]) -> None:
    for clause, line in lines.items():
        known = {int(number) for number in re.findall(r"\d+", passages[clause].quote)}
        assert numbers_in(line.english) <= known, line.english


def test_numbers_in_english_are_found() -> None:
    text = "Within 30 days after two late payments, or one year from 9 December 2025; one of both parties may."
    assert numbers_in(text) == {30, 2, 1, 9, 12, 2025}


def numbers_in(english: str) -> set[int]:
    """The numbers of an English line, whether in digits, in words or as a month."""
    found = {int(number) for number in re.findall(r"\d+", english)}
    words = re.findall(r"\w+", english)
    found |= {_COUNTED[word.lower()] for word in words if word.lower() in _COUNTED}
    found |= {list(month_name).index(word) for word in words if word in month_name and word != "May"}
    return found | {1 for _ in _ONE.findall(english)}
