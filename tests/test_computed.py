"""The customer's own figures: read, computed by the rules of data/facts, told with formula and clause."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.render.lead import computed
from bot.understand.figures import shift
from index.editions.library import load_editions
from index.facts.files import Facts, FactsError, read_facts, text_mark
from index.passages import Passage, make_passages

TODAY = dt.date(2026, 11, 30)
DATA = Path("data")
NAME = "서비스이용약관"


def clauses(*addresses: str) -> list[Passage]:
    known = {f"{p.clause.article}.{p.clause.paragraph}": p for p in make_passages(load_editions(DATA))}
    return [known[address] for address in addresses]


def tell(text: str, *addresses: str, english: bool = False) -> str:
    return computed(text, clauses(*addresses), read_facts(DATA, [NAME]), TODAY, english=english)


def test_the_limit_of_liability() -> None:
    told = tell("월 100만 원씩 내는데 배상 한도가 얼마예요?", "17.3")
    assert "월 100만 원씩 12개월이면" in told
    assert "최대 1,200만 원이에요" in told
    assert "제17조 제3항" in told
    assert "최대 300만 원" in tell("월 50만 원씩 6개월 동안 썼는데 배상은 최대 얼마까지?", "17.3")
    assert "3,000만 원" in tell("최근 12개월 동안 총 3천만 원 냈는데 얼마까지 물어 줘요?", "17.3")
    assert "(300만 원 × 4번)" in tell("분기마다 300만 원씩 내는데 배상은 얼마까지?", "17.3")
    assert "(40만 원 × 7개월 + 60만 원 × 5개월)" in tell("7월부터 월 60만 원, 그 전엔 월 40만 원, 한도는?", "17.3")
    assert "부가세" in tell("월 110만 원(부가세 포함)이면 배상 한도가 얼마예요?", "17.3")
    assert "부가세" not in tell("월 110만 원이면 배상 한도가 얼마예요?", "17.3")
    assert "₩12,000,000" in tell("We pay ₩3,000,000 quarterly, what is the cap?", "17.3", english=True)
    assert "₩12,000,000" in tell("We pay ₩1,000,000 a month, what is the cap?", "17.3", english=True)


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("배상 한도가 얼마예요?", ("17.3",)),  # no figure
        ("월 100만 원에서 월 200만 원으로 올랐는데 한도는?", ("17.3",)),  # two
        ("월 100만 원씩 내는데 배상 한도가 얼마예요?", ("7.1",)),  # another clause
        ("개정 약관은 며칠 전에 공지해요?", ("3.2",)),
        ("2027년 3월 시행이면 언제 공지해요?", ("3.2",)),  # a month is no day
        ("2027년 3월 초에 시행하면 언제 공지해요?", ("3.2",)),
        ("2027년 3월 1일 시행하거나 2027년 4월 1일 시행하면 언제 공지해요?", ("3.2",)),
        ("2026년 3월 1일부터 2년 계약했는데 언제 끝나요?", ("15.1",)),  # the order says how long
        ("2026년 3월 1일에 계약했는데 환불되나요?", ("15.1",)),  # asks for something else
    ],
)
def test_nothing_is_computed(text: str, addresses: tuple[str, ...]) -> None:
    assert tell(text, *addresses) == ""


def test_days() -> None:
    told = tell("2027년 3월 15일에 시행하려면 언제부터 공지해야 해요?", "3.2")
    assert "2027년 3월 8일" in told
    assert "2027년 2월 13일" in told
    told = tell("12월 1일에 공지하면 언제부터 시행돼요?", "3.2")
    assert "12월 1일부터 공지하면 시행일은 7일 뒤인 12월 8일" in told
    assert "12월 31일" in told
    assert "2027년 2월 28일까지" in tell("2026년 3월 1일에 계약을 시작했는데 언제 끝나요?", "15.1")
    assert "2026년 12월 31일" in tell("내일 시정을 요구하면 언제까지 고쳐야 해요?", "15.2")


@pytest.mark.parametrize(
    ("text", "address", "day"),
    [
        ("다음 달 1일부터 적용한다는데 며칠까지 알려 줘야 돼요?", "3.2", "11월 24일"),
        ("내년 1월부터 적용한다는데 언제까지 알려 줘야 돼요?", "3.2", "12월 25일"),
        ("12월 말부터 적용한다는데 언제까지 알려 줘야 돼요?", "3.2", "12월 24일"),
        ("약관을 4월 10일부터 새로 쓴다는디 은제까정 알려야 헌당가?", "3.2", "4월 3일"),
        ("4/10에 알리면 언제부터 적용돼?", "3.2", "4월 17일"),
        ("바뀐다는 글이 4월 10일에 떴던데 빨라야 언제 시행이죠", "3.2", "5월 10일"),
        ("오늘이 11월 3일인데 오늘 공지하면 언제 시행돼요?", "3.2", "11월 10일"),
        ("4월1일자로 계약했는데 언제 끝남", "15.1", "3월 31일"),
        ("어제 통지받았는데 언제까지 고쳐야 돼요?", "15.2", "12월 29일"),
        ("지난주 금요일에 통지받았는데 언제까지 고쳐야 하나요", "15.2", "12월 27일"),
        ("사흘 전에 고치라는 요구를 받았는데 기한이 며칠까지죠", "15.2", "12월 27일"),
    ],
)
def test_days_as_they_are_said(text: str, address: str, day: str) -> None:
    assert day in tell(text, address)


def test_days_in_english() -> None:
    told = tell("The new terms take effect on 2027-03-15, when must you give notice?", "3.2", english=True)
    assert "2027-03-08" in told
    assert "2027-02-13" in told


def test_a_short_month_and_a_leap_day() -> None:
    assert shift(dt.date(2024, 2, 29), "+1년") == dt.date(2025, 2, 28)
    assert shift(dt.date(2026, 1, 31), "+1개월") == dt.date(2026, 2, 28)
    assert shift(dt.date(2024, 2, 29), "1년의 마지막 날") == dt.date(2025, 2, 28)
    assert shift(dt.date(2025, 3, 1), "1년의 마지막 날") == dt.date(2026, 2, 28)
    with pytest.raises(ValueError, match="-1년의"):
        shift(dt.date(2025, 3, 1), "-1년의 마지막 날")


def test_a_changed_text_has_no_rules(tmp_path: Path) -> None:
    [limit] = clauses("17.3")
    folder = tmp_path / "facts" / NAME
    folder.mkdir(parents=True)
    stale = Path("data/facts", NAME, "17.toml").read_text(encoding="utf-8").replace(text_mark(limit.quote), "0" * 12)
    (folder / "17.toml").write_text(stale, encoding="utf-8")
    assert read_facts(tmp_path, [NAME]).of(limit) is None
    assert computed("월 100만 원 내면 한도는?", [limit], Facts(), TODAY) == ""


@pytest.mark.parametrize(
    "table",
    [
        'kind = "금액"',
        '[[1.rules]]\nfrom = "날"\nko = "{없는 것}"',
        '[[1.rules]]\nfrom = "날"\nko = ""\nwords = "("',
        '[[1.rules]]\nfrom = "날"\nko = ""\ngives = { a = "7일" }',
        'states = [{ kind = "무게", value = "3kg" }]',
        "states = [",
    ],
)
def test_a_malformed_file_is_told(tmp_path: Path, table: str) -> None:
    folder = tmp_path / "facts" / NAME
    folder.mkdir(parents=True)
    mark = "" if table.startswith("kind") else 'text = "000000000000"\n'
    (folder / "1.toml").write_text(f"[1]\n{mark}{table}\n", encoding="utf-8")
    with pytest.raises(FactsError, match=r"1\.toml"):
        read_facts(tmp_path, [NAME])
