"""The editions of a document: which is in force on a day, which comes next, and the contact clauses in each of them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from support.editions import COMING, CURRENT, FIRST, NEW, TODAY, Clock, add_editions
from support.fakes import FakeEmbedder

from bot.answer import Citation
from index.clause import Clause
from index.editions.counterparts import altered, counterparts
from index.editions.in_force import InForce
from index.editions.library import Library
from index.errors import TermsError
from index.questions.corpus import read_corpus
from index.search.build import build
from index.search.by_day import SearchByDay, view
from index.search.clause_search import UNCURATED, ClauseSearch

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.editions.edition import Edition

DAY = dt.timedelta(days=1)


@pytest.fixture
def library(shop_settings: Settings) -> Library:
    add_editions(shop_settings)
    return Library(shop_settings.data)


def edition(library: Library, day: dt.date) -> Edition:
    found = library.edition("가게", day.isoformat())
    assert found
    return found


def clause(address: str) -> Clause:
    return Clause("가게", *address.split("."))


def test_each_edition_is_in_force_from_its_day_until_the_next(library: Library) -> None:
    assert library.dates("가게") == ("2022-05-01", "2024-03-01", "2024-07-01")
    assert library.in_force(FIRST - DAY) == ()
    for first, last in ((FIRST, CURRENT - DAY), (CURRENT, COMING - DAY), (COMING, COMING + 900 * DAY)):
        assert [e.date for day in (first, last) for e in library.in_force(day)] == [first.isoformat()] * 2


def test_the_announced_edition_is_the_next_one(library: Library) -> None:
    announced = [library.announced("가게", day) for day in (FIRST - DAY, FIRST, CURRENT, COMING)]
    assert [e.date if e else None for e in announced] == ["2022-05-01", "2024-03-01", "2024-07-01", None]
    assert library.first_day() == "2022-05-01"


def test_an_unknown_document_has_no_editions(library: Library) -> None:
    assert (library.dates("없음"), library.edition("없음", "2024-03-01"), library.anchor_date("없음")) == ((), None, "")


def test_an_edition_is_read_once_until_its_file_changes(library: Library) -> None:
    before = edition(library, COMING)
    assert edition(library, COMING) is before
    path = library.root / "가게" / f"{COMING}.txt"
    path.write_text(NEW.replace("30일", "31일"), encoding="utf-8")
    assert "31일" in edition(library, COMING).terms.source


def test_contact_clauses_follow_into_editions_that_number_them_otherwise(library: Library) -> None:
    assert [edition(library, day).contact for day in (FIRST, CURRENT, COMING)] == [
        (clause("3.1"),),
        (clause("3.1"),),
        (clause("4.1"),),
    ]


def test_without_a_named_edition_they_are_read_by_one_in_which_they_are_contacts(
    library: Library, shop_settings: Settings
) -> None:
    metadata = shop_settings.data / "terms" / "가게" / "terms.toml"
    metadata.write_text('contact = ["3.1"]\n', encoding="utf-8")
    assert edition(library, COMING).contact == (clause("4.1"),)


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ('contact = ["9.1"]\n', "약관에 없는 연락처 조항입니다: 9.1"),
        ('questions = "2024-07-01"\ncontact = ["9.1"]\n', "약관에 없는 연락처 조항입니다: 9.1"),
        ('questions = "2023-01-01"\ncontact = ["3.1"]\n', 'questions = "2023-01-01": 그런 시행일의 약관이 없습니다.'),
    ],
)
def test_contact_clauses_of_no_edition_are_told(
    library: Library, shop_settings: Settings, metadata: str, message: str
) -> None:
    (shop_settings.data / "terms" / "가게" / "terms.toml").write_text(metadata, encoding="utf-8")
    with pytest.raises(TermsError, match=message):
        edition(library, CURRENT)


def test_clauses_are_paired_with_those_on_the_same_subject(library: Library) -> None:
    new, now = edition(library, COMING), edition(library, CURRENT)
    assert dict(counterparts(now, new)) == {
        clause("1.1"): clause("1.1"),
        clause("1.2"): clause("1.2"),
        clause("2.1"): clause("3.1"),
        clause("3.1"): clause("4.1"),
    }
    assert dict(altered(now, new)) == {clause("2.1"): False}
    assert dict(altered(now, edition(library, FIRST))) == {clause("1.2"): True, clause("2.1"): False}


def test_curated_questions_follow_to_the_numbers_of_the_edition_in_force(
    library: Library, shop_settings: Settings
) -> None:
    corpus = read_corpus(shop_settings.data, library.in_force(COMING))
    asked = {question.text: question.clauses for question in corpus.questions}
    assert asked["환불 되나요"] == (clause("3.1"),)
    assert asked["전화번호 뭐예요"] == (clause("4.1"),)
    assert asked["오늘 날씨 어때요"] == ()
    dropped = read_corpus(shop_settings.data, library.in_force(FIRST))
    assert "늦으면 알림 와요" not in {question.text for question in dropped.questions}


def test_a_view_finds_the_passages_of_another_edition_by_what_was_learnt(
    library: Library, shop_settings: Settings
) -> None:
    now = library.in_force(CURRENT)
    corpus = read_corpus(shop_settings.data, now)
    collection, manifest = build(shop_settings, corpus, FakeEmbedder())
    search = ClauseSearch.over(corpus, collection, FakeEmbedder(), manifest)
    seen = view(search, now, library.in_force(COMING))
    assert [f"{p.clause.article}.{p.clause.paragraph}" for p in seen.passages] == ["1.1", "1.2", "2.1", "3.1", "4.1"]
    assert list(seen.columns) == [0, 1, UNCURATED, 2, 3]
    hit = seen.find("환불 되나요", 1)[0]
    assert (hit.passage.edition, hit.passage.clause) == ("2024-07-01", clause("3.1"))
    assert hit.score == pytest.approx(search.find("환불 되나요", 1)[0].score)
    lacking = view(search, now, library.in_force(FIRST))
    assert (
        lacking.score(["늦으면 알림 와요"])[0].answerable < 0.2 < 0.8 < search.score(["늦으면 알림 와요"])[0].answerable
    )


def test_links_to_what_is_not_in_force_name_its_day(library: Library, shop_settings: Settings) -> None:
    clock, now = Clock(), library.in_force(CURRENT)
    corpus = read_corpus(shop_settings.data, now)
    collection, manifest = build(shop_settings, corpus, FakeEmbedder())
    search = ClauseSearch.over(corpus, collection, FakeEmbedder(), manifest)
    by_day = SearchByDay(search, now, InForce(library, clock))
    earlier = by_day.on(FIRST).search.passages
    assert {p.dated for p in by_day.now().search.passages} == {""}
    assert {(p.dated, Citation.of(p).url.partition("?")[2][:18]) for p in earlier} == {(f"{FIRST}", f"edition={FIRST}")}
    clock.day = COMING  # before the index is made anew
    assert {p.dated for p in by_day.now().search.passages} == {""}
    assert {p.dated for p in by_day.on(COMING - DAY).search.passages} == {f"{CURRENT}"}


def test_today_changes_at_midnight_alone(library: Library) -> None:
    clock = Clock()
    in_force = InForce(library, clock)
    before = in_force.now()
    (library.root / "가게" / f"{TODAY}.txt").write_text(NEW, encoding="utf-8")
    assert in_force.now() is before
    clock.day = TODAY + DAY
    assert [e.date for e in in_force.now()] == [TODAY.isoformat()]
    assert in_force.revised() == TODAY
    assert [e.date for e in in_force.on(TODAY - DAY)] == [CURRENT.isoformat()]


def test_before_the_first_day_of_any_document_nothing_can_be_served(library: Library) -> None:
    with pytest.raises(TermsError, match=r"2022-04-30에 시행 중인 약관이 없습니다\."):
        InForce(library, Clock(FIRST - DAY))


def test_a_wrong_name_that_comes_in_later_is_logged_once_and_stops_nothing(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    folder = library.root / "가게"
    (folder / "초안.txt").write_text(NEW, encoding="utf-8")
    for _ in range(2):
        assert library.dates("가게") == ("2022-05-01", "2024-03-01", "2024-07-01")
    assert [record.message for record in caplog.records] == [
        f"{folder / '초안.txt'}:1: 파일 이름은 시행일이어야 합니다(예: 2025-12-15.txt)."
    ]
    with pytest.raises(TermsError, match="초안"):
        Library(library.root.parent)


def test_an_announced_edition_that_cannot_be_read_is_logged_once_and_not_announced(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    (library.root / "가게" / f"{COMING}.txt").write_text("그냥 글", encoding="utf-8")
    in_force = InForce(library, Clock())
    assert [in_force.announced("가게") for _ in range(2)] == [None, None]
    assert len(caplog.records) == 1
