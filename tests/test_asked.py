"""What people ask about a clause and how it stands there; plain lines; utterances of a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.aspects import Aspect, Standing
from index.clause import Clause
from index.errors import QuestionsError
from index.questions.acts import act_rows, load_acts
from index.questions.asked import load_asked
from index.questions.plain import PlainLine, load_plain

if TYPE_CHECKING:
    from pathlib import Path

ASKED = """# 제2조 환불

## 제1항

### 있음: 7일 (기한)
- 며칠 안에 환불해요?

### 없음: 환불 처리 기간 (기간)
- 환불 신청하면 며칠 만에 들어와요?

### 맡김: 환불 수수료 (금액) → 주문서
- 환불 수수료 얼마예요 [+1.1]

### 네: 7일 안이면 환불을 신청할 수 있다
- 일주일 안이면 환불되죠?
"""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_section_says_how_its_questions_stand(tmp_path: Path) -> None:
    write(tmp_path / "asked" / "가게" / "2.md", ASKED)
    stated, absent, left, true = load_asked(tmp_path, "가게")
    refund = Clause("가게", "2", "1")
    assert stated.aspect == Aspect(refund, Standing.STATED, "7일", "기한")
    assert absent.clauses == ()
    assert absent.aspect == Aspect(refund, Standing.ABSENT, "환불 처리 기간", "기간")
    assert left.clauses == (refund, Clause("가게", "1", "1"))
    assert left.text == "환불 수수료 얼마예요"
    assert left.aspect == Aspect(refund, Standing.LEFT, "환불 수수료", "금액", "주문서")
    assert true.aspect == Aspect(refund, Standing.YES, "7일 안이면 환불을 신청할 수 있다")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("### 모름: 환불\n- 환불?", "제목도 질문도 아닌"),
        ("- 제목 없는 질문", "제목도 질문도 아닌"),
        ("### 네: 가\n- 돼요?\n### 아니요: 나\n- 돼요", "같은 질문"),
    ],
)
def test_what_is_malformed_is_told_with_its_place(tmp_path: Path, line: str, message: str) -> None:
    write(tmp_path / "asked" / "가게" / "2.md", f"# 제2조\n\n## 제1항\n{line}\n")
    with pytest.raises(QuestionsError, match=message):
        load_asked(tmp_path, "가게")


def test_a_plain_line_has_korean_and_english(tmp_path: Path) -> None:
    write(
        tmp_path / "plain" / "가게" / "2.md",
        "# 제2조\n\n## 제1항\n7일 안에 환불을 신청할 수 있어요.\nen: Within 7 days.\n",
    )
    found = load_plain(tmp_path, "가게")
    assert found == {Clause("가게", "2", "1"): PlainLine("7일 안에 환불을 신청할 수 있어요.", "Within 7 days.")}


def test_utterances_are_rows_without_a_clause(tmp_path: Path) -> None:
    write(tmp_path / "conversation" / "greeting.md", "# greeting\n\n## 답\n안녕하세요!\n\n## 말\n- 안녕\n- ㅎㅇ\n")
    acts = load_acts(tmp_path)
    assert (acts[0].name, acts[0].reply) == ("greeting", "안녕하세요!")
    assert [(row.text, row.clauses, row.vague, row.act) for row in act_rows(acts)] == [
        ("안녕", (), True, "greeting"),
        ("ㅎㅇ", (), True, "greeting"),
    ]


def test_one_utterance_is_not_two_acts(tmp_path: Path) -> None:
    for name in ("yes", "no"):
        write(tmp_path / "conversation" / f"{name}.md", "# x\n\n## 답\n네.\n\n## 말\n- 음\n")
    with pytest.raises(QuestionsError, match="같은 말"):
        load_acts(tmp_path)
