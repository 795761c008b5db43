"""Abuse is cut; the honest words around it, joined to it or resembling it stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.question import honest_part


@pytest.mark.parametrize(
    "abuse",
    [
        *("씨발", "시발", "씨바", "씨1발", "씨@발", "씨 발", "ㅅㅂ", "ㅅ ㅂ", "ㅆㅂ", "씨발새끼야", "씨발놈들아"),
        *("병신아", "병신들아", "병신같은", "병1신", "ㅂㅅ", "존나", "존나게", "졸라", "ㅈㄴ", "좆같은", "좆같네"),
        *("개새끼", "개새끼들아", "이 새끼들아", "새끼야", "씹새끼", "미친놈들", "미친새끼", "18놈", "18놈들아"),
        *("개같은", "개같이", "지랄하네", "닥쳐라", "꺼지라고", "멍청한", "멍청이들아", "바보", "바보야", "바보같은"),
        *("쓰레기같은", "쓰레기들아", "쓰레기야", "fuck", "SHIT", "stupid"),
    ],
)
def test_abuse_is_cut(abuse: str) -> None:
    assert honest_part(f"{abuse} 환불 되나요") == "환불 되나요"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("씨발환불되나요", "환불되나요"),
        ("시발환불되나요", "환불되나요"),
        ("ㅅㅂ환불되나요", "환불되나요"),
        ("씨발이용료는요", "이용료는요"),
        ("병신아직도 안 되나요", "아직도 안 되나요"),
        ("미친놈환불해 주세요", "환불해 주세요"),
        ("존나비싼데요", "비싼데요"),
        ("존나게비싼데요", "비싼데요"),
        ("ㅈㄴ비싼데요", "비싼데요"),
        ("환불해줘씨발", "환불해줘"),
        ("환불해줘 바보", "환불해줘"),
    ],
)
def test_a_word_joined_to_abuse_stays(text: str, rest: str) -> None:
    assert honest_part(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        *("시발점", "시발역", "18일", "18년", "2018년도", "새끼손가락", "새끼줄", "이 새끼손가락", "새끼 고양이"),
        *("허리띠를 졸라매면", "엄마를 졸라서", "쓰레기통", "쓰레기 처리", "쓰레기를 버리면", "바보상자", "딸바보"),
        *("날씨발표", "관리인씨발송", "관리인 씨 발송", "연체 시 발생", "해지시발송", "질병신고", "장병신고"),
        *("두 개 같은 요금", "2개같은데", "무지개같은", "생존나이", "기존나", "영향을 미친 년도", "미친 듯이"),
        *("전원이 꺼지라면", "위기가 닥쳐서", "Shitake", "지연 배상", "개월", "개같은데"),
    ],
)
def test_words_that_only_resemble_abuse_stay(text: str) -> None:
    assert honest_part(text) == text


@given(st.text("씨시발바병신존나졸라새끼개같은이야들환불 1@ㅅㅂ", max_size=30))
def test_cutting_only_takes_away(text: str) -> None:
    rest = iter(text)
    assert all(c in rest for c in honest_part(text).replace(" ", ""))
