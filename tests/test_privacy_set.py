"""Personal data of all kinds in the everyday forms of a marked set, measured as `python -m bot privacy` does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.privacy import MarkedText, measure
from bot.privacy import find_personal, mask_personal

FLOOR = 0.97
DATA = Path("tests/data")


@pytest.mark.parametrize("name", ["personal.jsonl", "personal_held_out.jsonl"])
def test_recall_and_precision_hold(name: str) -> None:
    texts = [MarkedText.model_validate_json(line) for line in (DATA / name).read_text("utf-8").splitlines()]
    shares = {kind: hits / count for kind, hits, count in measure(texts)}
    assert shares["recall"] >= FLOOR
    assert shares["precision"] >= FLOOR
    assert min(shares.values()) >= 0.9


def test_only_the_data_are_taken_out_of_the_text_as_it_was_written() -> None:
    text = "\uff28\uff41 ① 전화 \uff10\uff11\uff10\uff0d\uff11\uff12\uff13\uff14\uff0d\uff15\uff16\uff17\uff18 ㈜예시"
    assert mask_personal(text) == "\uff28\uff41 ① 전화 [전화번호] ㈜예시"
    assert [(f.kind, text[f.start : f.end]) for f in find_personal(text)] == [
        ("전화번호", "\uff10\uff11\uff10\uff0d\uff11\uff12\uff13\uff14\uff0d\uff15\uff16\uff17\uff18")
    ]


@pytest.mark.parametrize(
    "text", ["0\u20e31\u20e30\u20e3-1234-5678", "010\u200b-1234\u200b-5678", "\u0660\u0661\u0660-1234-5678"]
)
def test_what_hides_digits_does_not_hide_a_number(text: str) -> None:
    assert mask_personal(f"{text} 입니다") == "[전화번호] 입니다"


@pytest.mark.parametrize("text", ["070-4022-3109 맞나요?", "070 4022 3109로 걸면 되나요?", "기흥로 58-1 인데 맞나요?"])
def test_what_the_company_has_published_stays(text: str) -> None:
    assert mask_personal(text) == text
