"""What customers leave for agents, as the journal keeps it: once, masked, sealed, and no longer than it should."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from support.entries import DAYS, ONE, TWO, Clock, asked
from support.leaving import ABOUT, CONTACT, requests_of

from bot.journal.journal import CODE_LENGTH, CODE_LETTERS, Journal
from bot.journal.reader import Reader
from bot.journal.requests import LONGEST_ABOUT, LONGEST_CONTACT, Requests
from bot.journal.sealing import Seal

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["support.databases"]
MANY = 12


@pytest.fixture
def requests(journal: Journal) -> Requests:
    return requests_of(journal)


def test_it_has_the_code_of_its_conversation(journal: Journal, requests: Requests) -> None:
    told, new = requests.leave(ONE, ABOUT, CONTACT, tell=False)
    assert (told.code, new) == (journal.hand_over(ONE), True)
    assert len(told.code) == CODE_LENGTH
    assert set(told.code) <= set(CODE_LETTERS)
    assert (told.conversation, told.about, told.state, told.notice, told.reachable) == (ONE, ABOUT, "new", "none", True)
    assert Reader(journal).by_code(told.code) == ONE


def test_sent_twice_it_is_there_once_as_it_was_first(requests: Requests) -> None:
    first, _ = requests.leave(ONE, ABOUT, "", tell=True)
    assert requests.leave(ONE, "다른 글", CONTACT, tell=True) == (first, False)
    assert requests.page(None, "", 1, 10) == ([first], 1)


def test_sent_by_many_at_once_it_is_there_once(requests: Requests) -> None:
    with ThreadPoolExecutor(MANY) as pool:
        found = list(pool.map(lambda _: requests.leave(ONE, ABOUT, CONTACT, tell=False), range(MANY)))
    assert sorted(new for _, new in found) == [False] * (MANY - 1) + [True]
    assert len({told.code for told, _ in found}) == 1


def test_personal_data_is_masked_in_the_text_and_kept_in_its_own_column(requests: Requests) -> None:
    told, _ = requests.leave(ONE, f"전화 주세요.\n\n  {CONTACT}  \n끝", CONTACT, tell=False)
    assert told.about == "전화 주세요.\n김손님 [전화번호]\n끝"
    whole = requests.read(told.code.lower())
    assert whole is not None
    assert whole.contact == CONTACT
    assert CONTACT not in repr(whole)


def test_a_copy_of_the_database_does_not_tell_the_contact(tmp_path: Path) -> None:
    journal = Journal.open(f"sqlite:///{tmp_path}/journal.db", DAYS)
    told, _ = requests_of(journal).leave(ONE, ABOUT, "비밀이름 가나다라", tell=False)
    held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert "비밀이름".encode() not in held
    assert ABOUT.encode() in held
    other = Requests(journal, Seal(b"o" * 32)).read(told.code)
    assert other is not None
    assert other.contact is None
    journal.close()


@pytest.mark.parametrize(
    ("about", "contact"),
    [("", ""), (" \n\u200b", ""), ("가" * (LONGEST_ABOUT + 1), ""), ("가", "1" * (LONGEST_CONTACT + 1))],
)
def test_nothing_and_too_much_are_refused(requests: Requests, about: str, contact: str) -> None:
    with pytest.raises(ValueError, match="not more than is taken"):
        requests.leave(ONE, about, contact, tell=False)
    with pytest.raises(ValueError, match="32 hex"):
        requests.leave("x", ABOUT, "", tell=False)
    assert requests.counts() == {}


def test_it_goes_through_its_states_and_is_found_by_them(requests: Requests, clock: Clock) -> None:
    first, _ = requests.leave(ONE, ABOUT, "", tell=False)
    clock.forward(seconds=1)
    second, _ = requests.leave(TWO, "배송이 늦어요. 100% 환불?", "", tell=False)
    assert requests.change(first.code, "taken")
    assert not requests.change("ZZZZZZ", "done")
    assert requests.counts() == {"new": 1, "taken": 1}
    assert requests.page(None, "", 1, 1)[0][0].code == second.code
    assert [one.code for one in requests.page(None, "", 2, 1)[0]] == [first.code]
    assert [one.code for one in requests.page("taken", "", 1, 10)[0]] == [first.code]
    assert [one.code for one in requests.page(None, "0% 환", 1, 10)[0]] == [second.code]
    assert [one.code for one in requests.page(None, first.code.lower(), 1, 10)[0]] == [first.code]
    assert requests.page("done", "", 1, 10) == ([], 0)
    assert requests.page(None, "", 10**9, 10) == ([], 2)


def test_what_could_not_be_told_is_known(requests: Requests, clock: Clock) -> None:
    codes = []
    for conversation in (ONE, TWO, "3" * 32):
        codes.append(requests.leave(conversation, ABOUT, "", tell=conversation != TWO)[0].code)
        clock.forward(seconds=1)
    assert requests.mark(codes[2], "failed")
    assert [one.code for one in requests.untold(10)] == [codes[0], codes[2]]
    assert [one.code for one in requests.untold(1)] == [codes[0]]
    requests.mark(codes[0], "sent")
    assert [one.code for one in requests.untold(10)] == [codes[2]]


def test_it_is_deleted_after_its_own_days(database_url: str, clock: Clock) -> None:
    journal = Journal.open(database_url, DAYS, clock, request_days=30)
    requests = requests_of(journal)
    journal.record(asked())
    requests.leave(ONE, ABOUT, CONTACT, tell=False)
    clock.forward(days=30)
    assert (journal.purge(), requests.counts()) == (0, {"new": 1})
    clock.forward(seconds=1)
    assert (journal.purge(), requests.counts()) == (0, {})
    assert len(Reader(journal).conversation(ONE)) == 1
    journal.close()


def test_the_days_of_the_conversations_are_the_most(tmp_path: Path) -> None:
    journal = Journal.open(f"sqlite:///{tmp_path}/journal.db", 10, request_days=365)
    assert journal.request_days == 10
    journal.close()


def test_with_the_last_of_its_conversation_it_goes_too(journal: Journal, requests: Requests, clock: Clock) -> None:
    for conversation in (ONE, TWO):
        journal.record(asked(conversation=conversation))
    clock.forward(days=1)
    journal.record(asked(conversation=TWO))
    for conversation in (ONE, TWO, "3" * 32):  # in the last one nothing was asked
        requests.leave(conversation, ABOUT, "", tell=False)
    clock.forward(days=DAYS - 1, seconds=1)
    assert journal.purge() == 2
    assert {one.conversation for one in requests.page(None, "", 1, 10)[0]} == {TWO, "3" * 32}


def test_a_conversation_is_forgotten_with_all_that_belongs_to_it(journal: Journal, requests: Requests) -> None:
    for conversation in (ONE, TWO):
        journal.record(asked(conversation=conversation))
        requests.leave(conversation, ABOUT, CONTACT, tell=False)
    code = journal.hand_over(ONE)
    assert journal.forget(ONE)
    reader = Reader(journal)
    assert (reader.conversation(ONE), reader.by_code(code), requests.read(code)) == ([], None, None)
    assert len(reader.conversation(TWO)) == len(requests.page(None, "", 1, 10)[0]) == 1
    assert not journal.forget(ONE)


def test_nothing_of_what_was_forgotten_is_left_in_the_file(tmp_path: Path) -> None:
    journal = Journal.open(f"sqlite:///{tmp_path}/journal.db", DAYS)
    requests_of(journal).leave(ONE, "비밀스러운문의", "", tell=False)
    journal.forget(ONE)
    assert "비밀스러운문의".encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    journal.close()
