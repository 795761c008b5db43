"""The customer's own figures: read, computed by the rules of data/facts, told with formula and clause."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.render.lead import computed
from bot.understand.amounts import find_amounts, write_won
from bot.understand.figures import Paid, read_paid, shift
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


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("100만 원", 1_000_000),
        ("천이백만원", 12_000_000),
        ("3천5백만 원", 35_000_000),
        ("1억 2,300만원", 123_000_000),
        ("월 1억 2천 내는데", 120_000_000),
        ("1.5억 원", 150_000_000),
        ("1,234,567원", 1_234_567),
        ("₩1,000,000", 1_000_000),
        ("매출 2조 3천억 원", 2_300_000_000_000),
    ],
)
def test_sums_are_read(text: str, won: int) -> None:
    assert [amount.won for amount in find_amounts(text)] == [won]


@pytest.mark.parametrize("text", ["직원이 100만 명", "월 300 내는데", "제7조 제3항", "2026년 3월", "500개", "만 14세"])
def test_what_is_no_sum(text: str) -> None:
    assert not list(find_amounts(text))


@pytest.mark.parametrize(
    ("won", "written"),
    [(12_000_000, "1,200만 원"), (123_456_789, "1억 2,345만 6,789원"), (100_000_000, "1억 원"), (900, "900원")],
)
def test_sums_are_written(won: int, written: str) -> None:
    assert write_won(won) == written


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("월 100만 원 내는데", Paid(((1_000_000, 12),))),
        ("이용료가 150만원/월인데", Paid(((1_500_000, 12),))),
        ("손해가 5천만 원이고 매달 80만 원씩 냅니다", Paid(((800_000, 12),))),
        ("월 50만 원씩 6개월 동안 냈어요", Paid(((500_000, 6),))),
        ("월 50만 원씩 3년째 쓰고 있어요", Paid(((500_000, 12),))),
        ("최근 12개월 동안 총 3,000만 원을 냈는데", Paid(total=30_000_000)),
        ("연간 이용료가 2천만 원이에요", Paid(total=20_000_000)),
        ("월 100만 원에서 월 200만 원으로 올랐어요", None),
        ("월 100만 원, 연 900만 원", None),
        ("다달이 90만 원이고 쓴 지 7개월 됐어요", Paid(((900_000, 7),))),
        ("계약한 지 5개월인데 매달 60만 원씩 냈어요", Paid(((600_000, 5),))),
        ("월 60만 원씩 쓴 지 5개월, 다섯 번 냈어요", Paid(((600_000, 5),))),
        ("월 60만 원씩 쓴 지 5개월, 네 번 냈어요", None),  # one month is not paid
        ("작년 11월엔 30만 원, 올해 1월부터는 매달 70만 원씩 냈어요", None),  # another sum besides
        ("두 달에 한 번 80만 원씩 내고 월 10만 원은 따로 내요", None),
        ("월 70만 원이고 네 달 썼다가 쉬었어요", Paid(((700_000, 4),))),
        ("월 70만 원이고 중간에 두 달은 쉬었어요", None),  # a length that is none of paying
        ("we pay ₩300,000 a month and have done so for 5 months", Paid(((300_000, 5),))),
        ("we have paid ₩300,000 a month for 2 years", Paid(((300_000, 12),))),
        ("한 달에 20만 원씩 내요", Paid(((200_000, 12),))),
        ("최근 1년 동안 낸 게 900만 원인데 손해는 2천만 원이에요", Paid(total=9_000_000)),
        ("처음 4개월은 월 50만 원, 다음 8개월은 월 70만 원 냈어요", Paid(((500_000, 4), (700_000, 8)))),
        ("처음 4개월은 월 50만 원, 다음 3개월은 월 70만 원 냈어요", None),  # not a year
        ("처음엔 월 50만 원, 다음 8개월은 월 70만 원 냈어요", None),
        ("반년밖에 안 썼고 40만 원씩 다섯 번 냈어요", Paid(((400_000, 5),))),
        ("40만 원씩 다섯 번 냈어요", None),  # when is not said
        ("3월에 100만 원 냈어요", None),
        ("100만 원 손해를 봤어요", None),
        ("배상 한도가 얼마예요?", None),
    ],
)
def test_what_is_paid(text: str, paid: Paid | None) -> None:
    assert read_paid(text) == paid


def test_the_limit_of_liability() -> None:
    told = tell("월 100만 원씩 내는데 배상 한도가 얼마예요?", "17.3")
    assert "월 100만 원씩 12개월이면" in told
    assert "최대 1,200만 원이에요" in told
    assert "제17조 제3항" in told
    assert "최대 300만 원" in tell("월 50만 원씩 6개월 동안 썼는데 배상은 최대 얼마까지?", "17.3")
    assert "3,000만 원" in tell("최근 12개월 동안 총 3천만 원 냈는데 얼마까지 물어 줘요?", "17.3")
    assert "₩12,000,000" in tell("We pay ₩1,000,000 a month, what is the cap?", "17.3", english=True)


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("배상 한도가 얼마예요?", ("17.3",)),  # no figure
        ("월 100만 원에서 월 200만 원으로 올랐는데 한도는?", ("17.3",)),  # two
        ("월 100만 원씩 내는데 배상 한도가 얼마예요?", ("7.1",)),  # another clause
        ("개정 약관은 며칠 전에 공지해요?", ("3.2",)),
        ("2027년 3월 시행이면 언제 공지해요?", ("3.2",)),  # a month is no day
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
    assert "2027년 3월 1일" in tell("2026년 3월 1일에 계약을 시작했는데 언제 끝나요?", "15.1")
    assert "2026년 12월 31일" in tell("내일 시정을 요구하면 언제까지 고쳐야 해요?", "15.2")


def test_a_short_month_and_a_leap_day() -> None:
    assert shift(dt.date(2024, 2, 29), "+1년") == dt.date(2025, 2, 28)
    assert shift(dt.date(2026, 1, 31), "+1개월") == dt.date(2026, 2, 28)


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
