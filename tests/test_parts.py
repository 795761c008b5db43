"""The ways in which one message might be several questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.parts import MAX_PARTS, MAX_WAYS, read_parts, ways_to_part
from bot.understand.question import Query
from index.search.hits import Reading, Scored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.search.clause_search import ClauseSearch
    from index.search.hits import Hit


class Knows:
    """Scores texts by what is known of them: how likely the terms answer them, and how far out of scope they are."""

    def __init__(self, known: dict[str, tuple[float, float]]) -> None:
        self._known = known

    def score(self, texts: Sequence[str]) -> list[Scored]:
        return [self._scored(text, *self._known.get(text, (0.0, 0.0))) for text in texts]

    def hits(self, scored: Scored) -> list[Hit]:
        return []

    near = hits

    @staticmethod
    def _scored(text: str, answerable: float, outside: float) -> Scored:
        return Scored(text, np.array([answerable, outside]), answerable, np.zeros(1), Reading(np.zeros(1)))


@pytest.mark.parametrize(
    ("whole", "asked"),
    [(0.1, ["전화번호", "팩스번호 둘 다 불러주시게"]), (0.9, ["전화번호하고 팩스번호 둘 다 불러주시게"])],
)
def test_of_two_things_the_one_that_is_absent_needs_no_question_where_the_whole_is_not_answered(
    whole: float, asked: list[str]
) -> None:
    text = "전화번호하고 팩스번호 둘 다 불러주시게"
    known = {text: (whole, 0.5), "전화번호": (0.9, 0.0), "팩스번호 둘 다 불러주시게": (0.1, 0.6)}
    found = read_parts(Query(text), cast("ClauseSearch", Knows(known)))
    assert [finding.text for finding in found] == asked


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("환불 되나요", ("환불 되나요",)),
        ("환불 되나요? 배송은 언제 와요?", ("환불 되나요?", "배송은 언제 와요?")),
        ("저는 학생입니다. 환불 되나요?", ("저는 학생입니다. 환불 되나요?",)),
        ("환불 되나요? 급해요.", ("환불 되나요? 급해요.",)),
        ("되나요? 얼마예요? 언제요? 왜요? 뭐예요?", ("되나요? 얼마예요? 언제요? 왜요? 뭐예요?",)),
        ("환불 되나요 그리고 배송은 언제 와요", ("환불 되나요", "배송은 언제 와요")),
        ("환불 되나요? 그리고 배송은요? 또 전화는요?", ("환불 되나요?", "배송은요?", "전화는요?")),
        ("1) 환불 되나요 2) 배송은 언제 와요 3. 전화는 몇 번", ("환불 되나요", "배송은 언제 와요", "전화는 몇 번")),
        ("환불되나요?배송은요?", ("환불되나요?", "배송은요?")),
        ("직접 통화하고 싶은데 번호가 어떻게 되나요?", ("직접 통화하고 싶은데 번호가 어떻게 되나요?",)),
        ("이미 결제하고 나서 취소되나요?", ("이미 결제하고 나서 취소되나요?",)),
        ("환불은 신청하고 며칠 걸려요?", ("환불은 신청하고 며칠 걸려요?",)),
        ("해지하고 나서 며칠 안에 되나요?", ("해지하고 나서 며칠 안에 되나요?",)),
        ("배송은 해 주는가. 어느 팀에서 하는지도 궁금하네", ("배송은 해 주는가.", "어느 팀에서 하는지도 궁금하네")),
    ],
)
def test_questions_are_parted_and_statements_stay_with_theirs(text: str, sentences: tuple[str, ...]) -> None:
    assert ways_to_part(text) == (sentences, [])


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("며칠 전에 알려주고, 반대하면 어떻게 나가요?", ("며칠 전에 알려주고", "반대하면 어떻게 나가요?")),
        ("배송비는 얼마고 환불은 언제 되나요?", ("배송비는 얼마고", "환불은 언제 되나요?")),
        ("배송이랑 환불 기한이 며칠이에요?", ("배송", "환불 기한이 며칠이에요?")),
        ("전화하고 팩스 좀 주이소", ("전화", "팩스 좀 주이소")),
        ("환불이 필요한지, 배송은 언제인지 알려 주세요", ("환불이 필요한지", "배송은 언제인지 알려 주세요")),
        ("do you refund, which card is used", ("do you refund", "which card is used")),
    ],
)
def test_one_sentence_is_halved_where_two_things_are_joined(text: str, halves: tuple[str, str]) -> None:
    assert ways_to_part(text) == ((text,), [halves])


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("환불은 되고 배송은 언제 오고 전화는 몇 번이에요?", None),
        (
            "환불은 며칠이고 배송은 언제 오고 전화는 몇 번이에요?",
            ("환불은 며칠이고", "배송은 언제 오고", "전화는 몇 번이에요?"),
        ),
        (
            "환불은 며칠인지, 배송은 언제인지, 전화는 몇 번인지 알려 주세요",
            ("환불은 며칠인지", "배송은 언제인지", "전화는 몇 번인지 알려 주세요"),
        ),
        ("환불 기한 + 배송 기간 + 전화번호", ("환불 기한", "배송 기간", "전화번호")),
        ("환불/배송 기간/전화번호 알려 주세요", ("환불", "배송 기간", "전화번호 알려 주세요")),
        ("환불이랑 배송이랑 전화번호 알려 주세요", ("환불", "배송", "전화번호 알려 주세요")),
        ("환불, 배송, 전화번호, 연락처 알려 주세요", ("환불", "배송", "전화번호", "연락처 알려 주세요")),
    ],
)
def test_one_sentence_is_cut_at_all_its_joints(text: str, pieces: tuple[str, ...] | None) -> None:
    _, ways = ways_to_part(text)
    assert (ways[0] == pieces) if pieces else all(len(way) == 2 for way in ways)


def test_a_question_before_the_joint_is_no_verb() -> None:
    _, ways = ways_to_part("환불이 되는지하고 며칠 걸리는지 알려 줘")
    assert ("환불이 되는지", "며칠 걸리는지 알려 줘") in ways


@given(st.text("가고 ,와및?.얼마", max_size=60))
def test_there_are_never_more_than_the_allowed_parts_and_ways(text: str) -> None:
    sentences, halvings = ways_to_part(text)
    assert len(sentences) <= MAX_PARTS
    assert len(halvings) <= MAX_WAYS
