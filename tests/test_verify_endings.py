"""해요체 is read like 합니다체: no sentence stands, and none falls, for the way it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.hostile import MADE_UP, twist
from support.paraphrases import FAITHFUL, HALVED

from bot.evaluation.verifier.inflection import informal
from bot.verify.endings import formal
from bot.verify.faults import Fault
from bot.verify.support import find_faults
from index.passages import make_passages

if TYPE_CHECKING:
    from index.editions.edition import Edition
    from index.passages import Passage


@pytest.fixture(scope="module")
def real(real_editions: tuple[Edition, ...]) -> dict[str, Passage]:
    return {f"{p.clause.article}.{p.clause.paragraph}": p for p in make_passages(real_editions)}


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("해지할 수 있어요.", "해지할 수 있습니다."),
        ("해지할 수 없어요", "해지할 수 없습니다"),
        ("지급해야 해요.", "지급해야 합니다."),
        ("방해하면 안 돼요.", "방해하면 안 됩니다."),
        ("동의를 받지 않아도 돼요.", "동의를 받지 않아도 됩니다."),
        ("환불되지 않아요.", "환불되지 않습니다."),
        ("운영 정책에 따라요.", "운영 정책에 따릅니다."),
        ("클레임 대응 책임은 사전 약정에 따라요.", "클레임 대응 책임은 사전 약정에 따릅니다."),
        ("노력을 기울여요.", "노력을 기울입니다."),
        ("고객에게 변경 내용을 알려요.", "고객에게 변경 내용을 알립니다."),
        ("고객의 책임이에요.", "고객의 책임입니다."),
        ("고객의 책임이 아니에요.", "고객의 책임이 아닙니다."),
        ("지정한 책임자예요.", "지정한 책임자입니다."),
        ("2025년 12월 9일에 제정됐어요.", "2025년 12월 9일에 제정됐습니다."),
        ("요금이 청구되죠.", "요금이 청구됩니다."),
        ("요금이 청구되지요.", "요금이 청구됩니다."),
        ("요금이 청구되네요.", "요금이 청구됩니다."),
        ("계약이 해지될 거예요.", "계약이 해지될 것입니다."),
        ("통지해요. 그러면 해지돼요.", "통지합니다. 그러면 해지됩니다."),
        ("“서비스”를 뜻해요.”", "서비스를 뜻합니다."),
    ],
)
def test_the_end_of_a_statement_is_exchanged(said: str, stated: str) -> None:
    assert formal(said).replace("거입", "것입") == stated


@pytest.mark.parametrize(
    "text",
    [
        "해지할 수 있습니다.",
        "환불되나요?",
        "환불될까요.",
        "환불해 드릴게요.",
        "환불을 신청하세요.",
        "환불을 신청하셔요.",
        "환불된대요.",
        "환불되는데요.",
        "환불되고요.",
        "필요한 요금",
    ],
)
def test_what_states_nothing_is_left(text: str) -> None:
    assert formal(text) == text


@pytest.mark.parametrize(
    ("address", "text", "fault"),
    [
        ("10.2", "고객은 서비스 이용 목적 외로 회사의 시스템을 역설계로 방해하면 안 돼요.", None),
        ("10.2", "고객은 서비스 이용 목적 외로 회사의 시스템을 역설계로 방해해도 돼요.", Fault.MOOD),
        ("12.2", "고객은 제3자 솔루션 이용 조건을 확인해야 해요.", None),
        ("12.2", "고객은 제3자 솔루션 이용 조건을 확인하지 않아도 돼요.", Fault.MOOD),
        ("12.2", "고객은 제3자 솔루션 이용 조건을 확인할 수 있어요.", Fault.MOOD),
        ("7.3", "2회 이상 연체되면 회사는 계약을 해지하고 손해배상을 청구할 수 있어요.", None),
        ("7.3", "2회 이상 연체되면 회사는 계약을 해지하고 손해배상을 청구해요.", Fault.MOOD),
        ("7.3", "2회 이상 연체되면 고객은 계약을 해지하고 손해배상을 청구할 수 있어요.", Fault.ROLE),
        ("7.3", "3회 이상 연체되면 회사는 계약을 해지하고 손해배상을 청구할 수 있어요.", Fault.NUMBER),
        ("7.3", "회사는 계약을 해지하고 손해배상을 청구할 수 있어요.", Fault.CONDITION),
        ("7.3", "2회 이상 연체되면 회사는 계약을 해지할 수 있나요?", Fault.PERSON),
        ("7.3", "2회 이상 연체되면 회사는 계약을 해지하겠어요.", Fault.PERSON),
        ("7.3", "2회 이상 연체되면 회사는 계약을 해지할 수 있", Fault.ENDING),
        ("7.3", "2회 이상 연체되면 회사는 계약을 해지할 수 있대요.", Fault.ENDING),
        ("15.2", "회사든 고객이든, 30일 이내에 시정하지 않으면 계약을 해지할 수 있어요.", Fault.CONDITION),
        ("7.3", "회사든 고객이든, 2회 이상 연체되면 계약을 해지할 수 있어요.", Fault.WORD),
        ("2.5", "이 조에 규정된 용어는 관련 법령, 개별 약정 또는 상관례에 따라요.", Fault.MOOD),
        ("14.3", "할인은 명시된 기간과 조건이 종료되면 자동으로 소멸돼요.", Fault.BOUNDS),
        ("14.3", "할인은 명시된 기간과 조건이 종료되면 무료로 소멸돼요.", Fault.PHRASE),
    ],
)
def test_a_sentence_stands_if_its_clause_says_so(
    real: dict[str, Passage], address: str, text: str, fault: Fault | None
) -> None:
    faults = find_faults(text, [real[address]])
    assert fault in faults if fault else faults == ()


def test_the_ending_does_not_change_the_verdict(real: dict[str, Passage]) -> None:
    told = [(real[address], text) for address, text in FAITHFUL + HALVED]
    told += [(passage, false) for passage in real.values() for _, false in twist(passage.quote)]
    told += [(real["15.3"], text) for text in MADE_UP]
    other = [(passage, text, informal(text)) for passage, text in told]
    other = [(passage, text, said) for passage, text, said in other if said != text]
    assert len(other) >= 800
    verdicts = [
        (said, find_faults(text, [passage]), find_faults(said, [passage]))
        for passage, text, said in other
        if text.rstrip(".") not in passage.quote  # the clause's own words stand as they are
    ]
    assert [(said, stated, found) for said, stated, found in verdicts if stated != found] == []


def test_the_analyser_is_spared_what_is_too_long(real: dict[str, Passage], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise AssertionError("the analyser was asked")

    monkeypatch.setattr("bot.verify.endings.load_analyser", fail)
    monkeypatch.setattr("bot.verify.morphemes.load_analyser", fail)
    assert Fault.FORM in find_faults("계약이 해지돼요. " * 10_000, [real["7.3"]])
