"""The ways in which one message might be several questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.parts import MAX_PARTS, MAX_WAYS, ways_to_part


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


@given(st.text("가고 ,와및?.얼마", max_size=60))
def test_there_are_never_more_than_the_allowed_parts_and_ways(text: str) -> None:
    sentences, halvings = ways_to_part(text)
    assert len(sentences) <= MAX_PARTS
    assert len(halvings) <= MAX_WAYS
