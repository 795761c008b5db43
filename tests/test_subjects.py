"""Common subjects: how they are read, trained on, matched to paragraphs, and that those of the project are whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from support.fakes import FakeEmbedder

from index.clause import Clause
from index.errors import QuestionsError
from index.passages import Passage
from index.questions.drafting import draft, from_subjects
from index.questions.subjects import Provision, Subject, load_subjects
from index.search.subject_match import SubjectMatcher
from index.training.subject_batches import SubjectBatches, SubjectTexts

FILE = """# 배송

물건이 오는 일

## 회사는 3일 안에 배송합니다.
그 밖의 말: 판매자는 물건을 사흘 안에 배송한다.
- 언제 와요?
- 며칠 걸려요?

## 아님
- 무를 수 있어요? → 환불

## 흔히 묻는 것
- 기간: 며칠 걸리나요?
"""
DELIVERY = Subject(
    "배송",
    "물건이 오는 일",
    (
        Provision(
            "배송",
            "회사는 3일 안에 배송합니다.",
            "판매자는 물건을 사흘 안에 배송한다.",
            ("언제 와요?", "며칠 걸려요?"),
        ),
    ),
    (("무를 수 있어요?", "환불"),),
    (("기간", "며칠 걸리나요?"),),
)
REFUND = Subject("환불", "", (Provision("환불", "환불합니다.", "환불한다.", ("돈 줘요", "물러요")),), (), ())


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "배송.md").write_text(FILE, encoding="utf-8")
    assert load_subjects(tmp_path) == (DELIVERY,)
    assert load_subjects(tmp_path / "none") == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# 배송", "배송"),
        ("그 밖의 말: 판매자는 물건을 사흘 안에 배송한다.\n", ""),
        ("- 언제 와요?\n- 며칠 걸려요?\n", ""),
        ("- 언제 와요?", "언제 와요?"),
        ("- 언제 와요?", "- 며칠 걸려요?"),
        (" → 환불", ""),
        ("기간: ", ""),
    ],
)
def test_a_line_out_of_place_is_told(tmp_path: Path, old: str, new: str) -> None:
    (tmp_path / "배송.md").write_text(FILE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(QuestionsError, match=r"배송\.md"):
        load_subjects(tmp_path)


def test_those_of_the_project_are_whole() -> None:
    subjects = load_subjects(Path("data/subjects"))
    names = {subject.name for subject in subjects}
    assert len(subjects) >= 120
    for subject in subjects:
        assert 3 <= len(subject.provisions) <= 6, subject.name
        assert 36 <= sum(len(provision.questions) for provision in subject.provisions) <= 75, subject.name
        assert {target for _, target in subject.near_misses} <= names - {subject.name}, subject.name
        assert subject.asked, subject.name


def test_a_question_belongs_to_its_provision_in_both_wordings_and_a_near_miss_to_nothing_of_its_subject() -> None:
    texts = SubjectTexts.of([DELIVERY, REFUND])
    assert texts.queries == ("언제 와요?", "며칠 걸려요?", "돈 줘요", "물러요", "무를 수 있어요?")
    assert texts.passages[:2] == ("배송: 회사는 3일 안에 배송합니다.", "판매자는 물건을 사흘 안에 배송한다.")
    assert texts.provisions == (0, 0, 1, 1, -1, 0, 0, 1, 1)
    texts = SubjectTexts(texts.queries, texts.passages, texts.provisions, texts.subjects, (False, False))
    batch = SubjectBatches(texts, 100).draw(3)
    names = [(*texts.queries, *texts.passages)[row - 100] for row in batch.rows]
    assert sorted(names) == sorted((*texts.queries, *texts.passages))
    place = {name: number for number, name in enumerate(names)}
    asked, miss = place["언제 와요?"], place["무를 수 있어요?"]
    together = {names[number] for number in np.flatnonzero(batch.same[asked])}
    assert together == {"며칠 걸려요?", *texts.passages[:2]}
    assert not batch.same[miss].any()
    assert {names[number] for number in np.flatnonzero(batch.unknown[miss])} == {
        "돈 줘요",
        "물러요",
        *texts.passages[2:],
    }
    assert not batch.same_thing.any()


def test_subjects_that_are_held_back_are_not_drawn() -> None:
    texts = SubjectTexts.of([DELIVERY, REFUND])
    texts = SubjectTexts(texts.queries, texts.passages, texts.provisions, texts.subjects, (True, False))
    rows = SubjectBatches(texts, 0).draw(0).rows
    assert {texts.subjects[row] for row in rows} == {1}


def test_a_paragraph_is_matched_to_the_provision_that_says_the_same() -> None:
    matcher = SubjectMatcher([DELIVERY, REFUND], FakeEmbedder())
    (best, second), (other, *_) = matcher.match(["배송이 늦습니다.", "환불과 배송, 환불"], 2)
    assert (best.provision.subject, second.provision.subject, other.provision.subject) == ("배송", "환불", "환불")
    assert 0 <= second.probability < best.probability <= 1
    assert other.probability < best.probability  # its lead is smaller
    assert SubjectMatcher([], FakeEmbedder()).match(["배송"]) == [[]]


def test_drafts_begin_with_what_people_ask_elsewhere() -> None:
    passage = Passage(Clause("약관", "1", "1"), "2025-01-01", "약관", "배송", 0, 2, "배송합니다.")
    known = {passage.text: DELIVERY.provisions[0].questions}
    drafts = draft([passage], ["언제 와요"], [from_subjects(known)])
    assert drafts == {passage.clause: ["며칠 걸려요?"]}  # the other is curated already
