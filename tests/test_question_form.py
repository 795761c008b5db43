"""Whether a question asks for yes or no, by its form; and that this is learnt from readable questions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from index.aspects import Aspect, Standing
from index.clause import Clause
from index.errors import QuestionsError
from index.kinds import is_yes_no
from index.question_form import WEIGHTS, features, read_weights, write_weights
from index.questions.files import Question
from index.questions.yes_no import Learner, Sample, samples

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = tuple(map(str, range(1, 13)))
SUBJECTS = ("이자를 내", "계정을 바꾸", "요금이 오르", "자료를 지우")


@pytest.mark.parametrize(
    "text",
    [
        "고치면 값을 깎아 줘?",
        "고칠 수 있나욤",
        "바꿔도 되는가",
        "바꿔 주는교?",
        "주말에도 봐 준당가",
        "이거 되지라?",
        "바꾸는 거 맞쥬?",
        "이번에도 공짜인 거죠, 그쵸?",
        "그냥써도되나요",
        "시켜도 되는지 여쭙니다",
        "왜 그런지 모르겠는데 이것도 바꿔 주나요?",
        "누가 봐도 우리 잘못은 아니죠?",
        "언제든 그만둘 수 있습니까",
        "그만둘래요. 지금 되나요?",
        "you keep backups, right?",
        "If we move, do we pay again?",
    ],
)
def test_what_asks_for_yes_or_no(text: str) -> None:
    assert is_yes_no(text)


@pytest.mark.parametrize(
    "text",
    [
        "며칠이나 걸리나요?",
        "을매나 든당가",
        "어데로 보내믄 되는교?",
        "누가 바꿀 수 있나요?",
        "몇 명까지 되죠",
        "선불인가요 후불인가요?",
        "그만두고 싶어요",
        "바꿔 주세요",
        "연체 이자율",
        "그럼 상한이?",
        "늦어도 언제 알림?",
        "바꾸는 절차",
        "어제부터 안 돼요",
        "how long do you keep backups?",
        "please cancel it",
    ],
)
def test_what_asks_for_something_else_or_nothing(text: str) -> None:
    assert not is_yes_no(text)


def test_an_ending_counts_as_the_one_that_sounds_like_it() -> None:
    assert features("되나용") == features("되나욤") == features("되나요") == features("되 나 요")
    assert features("되나요?") != features("되나요")


def test_weights_are_kept_as_readable_lines(tmp_path: Path) -> None:
    path = tmp_path / "weights.tsv"
    write_weights(path, {"끝 나요": 1.5, "(each)": -0.25})
    assert path.read_text(encoding="utf-8").splitlines()[1:] == ["(each)\t-0.25", "끝 나요\t1.50"]
    assert read_weights(path) == {"끝 나요": 1.5, "(each)": -0.25}


def test_the_weights_that_are_shipped_are_of_the_form_and_few() -> None:
    weights = read_weights(WEIGHTS)
    assert 100 < len(weights) < 2000
    assert all(math.isfinite(weight) for weight in weights.values())
    assert not [name for name in weights if len(name) > 40]


def taught() -> list[Sample]:
    found = []
    for article in ARTICLES:
        for subject in SUBJECTS:
            found += [
                Sample(f"{article}번은 {subject}도 되는가베", polar=True, article=article),
                Sample(f"{article}번은 어찌 {subject}는감", polar=False, article=article),
            ]
    return found


def test_what_was_learnt_of_some_articles_holds_for_others() -> None:
    learner = Learner(taught())
    found = learner.measure()
    assert (found.recall, found.precision) == (1.0, 1.0)
    weights = learner.weights()
    yes = sum(weights.get(one, 0.0) for one in features("딴것도 되는가베"))
    no = sum(weights.get(one, 0.0) for one in features("딴것은 어찌 되는감"))
    assert yes > 0 > no


def test_what_has_the_form_but_asks_for_a_thing_is_counted_apart() -> None:
    odd = [Sample(f"{article}번 서류도 되는가베", polar=False, article=article) for article in ARTICLES[:3]]
    found = Learner([*taught(), *odd]).measure()
    assert found.precision < found.precision_of_form == 1.0


def test_nothing_is_learnt_of_one_kind_alone() -> None:
    with pytest.raises(QuestionsError):
        Learner([Sample("되나요?", polar=True, article=article) for article in ARTICLES])


def test_headings_are_things_that_ask_nothing() -> None:
    clause = Clause("약관", "7", "1")
    asked = [
        Question("이자가 몇 프로예요?", (), aspect=Aspect(clause, Standing.ABSENT, "연체 이자율", "비율")),
        Question("이자도 붙나요?", (clause,), aspect=Aspect(clause, Standing.YES, "이자가 붙는다")),
        Question("적혀 있지 않은 물음", ()),
    ]
    found = {(one.text, one.polar) for one in samples(asked)}
    assert found == {
        ("이자가 몇 프로예요?", False),
        ("연체 이자율", False),
        ("연체 이자율?", False),
        ("연체 이자율은?", False),
        ("연체 이자율이?", False),
        ("연체 이자율 몇 프로?", False),
        ("몇 프로 연체 이자율?", False),
        ("연체 이자율 몇 프로", False),
        ("이자도 붙나요?", True),
        ("이자가 붙는다", False),
    }
