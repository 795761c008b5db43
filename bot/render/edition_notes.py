"""Notes on editions: which one the answer quotes, whether the day is uncertain, what will change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.addresses import compare_url
from bot.answer import escape_markdown
from bot.korean import short_date, with_particle
from index.editions.counterparts import altered, counterparts
from index.passages import make_passages

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from bot.understand.contract_day import ContractDay
    from index.clause import Clause
    from index.editions.edition import Edition
    from index.editions.in_force import InForce
    from index.passages import Passage
    from index.search.by_day import DaySearch


@dataclass(frozen=True, slots=True)
class Earlier:
    """Clauses of an earlier edition that say something else than the cited ones, below a ``line`` on when it held."""

    line: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class EditionNotes:
    """``before`` and ``after`` an answer, in Markdown; nothing of it if the answer is from today's editions, as usual.

    ``elsewhere``: what today's edition says on a question that the edition of the day does not answer. ``absent``: why
    there is nothing to answer from. ``now``: the editions in force today, in which the contacts stand. ``earlier``:
    what the editions before it say that may be meant as well.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    elsewhere: Passage | None = None
    absent: str = ""
    now: tuple[Edition, ...] = ()
    earlier: tuple[Earlier, ...] = ()


def edition_notes(
    day_search: DaySearch,
    in_force: InForce,
    when: ContractDay | None,
    cited: Sequence[Passage],
    elsewhere: Passage | None,
    told: dt.date | None = None,
) -> EditionNotes:
    """The notes on an answer that cites ``cited``, () for none. ``told``: a day of the past that its story names."""
    names = {passage.clause.document for passage in cited} or {edition.name for edition in day_search.editions}
    chosen = [edition for edition in day_search.editions if edition.name in names]
    before = [_from(edition, day_search) for edition in chosen if edition.name in day_search.other]
    absent = ""
    if when and when.last > in_force.today():
        day = short_date(when.last.isoformat())
        before.append(f"말씀하신 날({day})은 아직 오지 않아, 지금 시행 중인 판으로 답합니다.")
    elif when and not day_search.editions:
        first = short_date(in_force.library.first_day())
        day = f"그날({short_date(when.last.isoformat())})" if when.first == when.last else "말씀하신 때"
        absent = f"{day}에 시행 중이던 약관은 확인되지 않습니다. 가장 이른 판은 {first}부터 시행되었습니다."
    current = [edition for edition in chosen if edition.name not in day_search.other]
    happened = "말씀하신 일이 지금 약관의 {day} 시행 전의 일이라면 당시의 약관이 적용될 수 있습니다."
    after = [*_older(happened, None if when else told, current, cited)]
    earlier = list[Earlier]()
    if when and when.last <= in_force.today():
        held = [edition for edition in chosen if edition.date <= when.last.isoformat()]
        earlier = [one for edition in held for one in _earlier(edition, when.first, in_force, cited)]
        before += _parted(chosen, in_force.on(when.first), cited, earlier)
        if not when.wished:
            after += _older_than_all(when.first, chosen, in_force, current, cited)
            after += _since(chosen, day_search, cited)
    after += [line for edition in current for line in _changes(edition, in_force.announced(edition.name), cited)]
    return EditionNotes(tuple(before), tuple(after), elsewhere, absent, day_search.now, tuple(earlier))


def _older(line: str, first: dt.date | None, chosen: Sequence[Edition], cited: Sequence[Passage]) -> Iterator[str]:
    """That a story which began on the day ``first`` may be older than the edition that the answer is from."""
    for edition in chosen:
        if cited and first and first.isoformat() < edition.date:
            yield line.format(day=short_date(edition.date))  # a line must not begin like a list


def _older_than_all(
    first: dt.date, chosen: Sequence[Edition], in_force: InForce, current: Sequence[Edition], cited: Sequence[Passage]
) -> Iterator[str]:
    """That a contract may be older than every edition that there is."""
    for edition in chosen:
        if first.isoformat() < in_force.library.dates(edition.name)[0]:
            which = "지금 약관의" if edition in current else "이 판의"
            line = f"{which} {{day}} 시행 전에 계약하셨다면 계약 당시의 약관이 적용될 수 있습니다."
            yield from _older(line, first, [edition], cited)


def _from(edition: Edition, day_search: DaySearch) -> str:
    name = f"「{escape_markdown(edition.title)}」의 " if len(day_search.now) > 1 else ""
    return (
        f"**{name}{short_date(edition.date)}부터 시행된 판으로 답합니다.**"  # bold: a line must not begin like a list
    )


def _parted(
    chosen: Sequence[Edition], at_first: Sequence[Edition], cited: Sequence[Passage], earlier: Sequence[Earlier]
) -> Iterator[str]:
    """If an edition took effect among the days that may be meant, and says something else: the day that parts them."""
    dates = {edition.name: edition.date for edition in at_first}
    for edition in chosen:
        if dates.get(edition.name, edition.date) != edition.date and (earlier or not cited):
            day = short_date(edition.date)
            yield f"그 무렵 약관이 바뀌었습니다. {day} 전에 계약하셨다면 계약한 날짜를 알려 주세요."


def _earlier(edition: Edition, first: dt.date, in_force: InForce, cited: Sequence[Passage]) -> Iterator[Earlier]:
    """What the editions before ``edition``, from that of the day ``first`` on, say in place of ``cited``."""
    dates = in_force.library.dates(edition.name)
    begun = max((date for date in dates if date <= first.isoformat()), default=dates[0])
    between = [date for date in dates if begun <= date < edition.date]
    later = edition
    said = {passage.clause: passage.quote for passage in cited}
    for date in reversed(between):
        old = in_force.library.edition(edition.name, date)
        if old is None:
            continue
        pairs = counterparts(edition, old)
        own = {passage.clause: passage for passage in make_passages([old], in_force.now())}
        found = {clause: own[pairs[clause]] for clause in said if pairs.get(clause) in own}
        other = tuple(passage for clause, passage in found.items() if passage.quote != said[clause])
        if other:
            line = f"계약한 날이 {short_date(later.date)} 전이라면 {short_date(date)}부터 시행된 판은 이렇습니다."
            yield Earlier(line, other)
        said |= {clause: passage.quote for clause, passage in found.items()}
        later = old


def _since(chosen: Sequence[Edition], day_search: DaySearch, cited: Sequence[Passage]) -> Iterator[str]:
    """Which of the clauses, cited from an earlier edition, the one in force says otherwise."""
    now = {edition.name: edition for edition in day_search.now}
    for edition in chosen:
        current = now.get(edition.name, edition)
        changed = altered(edition, current) if current != edition else {}
        clauses = [passage.clause for passage in cited if passage.clause in changed]
        if clauses:
            link = f"[바뀐 내용 보기]({compare_url(edition.name, edition.date, current.date)})"
            yield f"지금 시행 중인 판에서는 {_name(clauses, alone=len(cited) == 1, pair='이가')} 바뀌었습니다. {link}"


def _changes(edition: Edition, coming: Edition | None, cited: Sequence[Passage]) -> Iterator[str]:
    """Which of the clauses, cited from the edition in force, the announced one changes or drops."""
    changed = altered(edition, coming) if coming and cited else {}
    for dropped, what in ((False, "바뀝니다"), (True, "없어집니다")):
        clauses = [passage.clause for passage in cited if changed.get(passage.clause) is dropped]
        if coming and clauses:
            link = f"[바뀌는 내용 보기]({compare_url(edition.name, edition.date, coming.date)})"
            yield f"{_name(clauses, alone=len(cited) == 1)} {short_date(coming.date)}부터 {what}. {link}"


def _name(clauses: Sequence[Clause], *, alone: bool, pair: str = "은는") -> str:
    names = ", ".join(clause.name for clause in clauses)
    return with_particle("이 조항" if alone else names, pair)
