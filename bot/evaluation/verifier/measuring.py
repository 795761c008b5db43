"""What becomes of the cases: the share of false ones that is caught, of faithful ones that falls, and the time."""

from __future__ import annotations

import random
import time
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING

from bot.answer import Sentence
from bot.evaluation.verifier.cases import Case, Kind
from bot.evaluation.verifier.inflection import informal
from bot.evaluation.verifier.making import SEED
from bot.verify import Verification
from bot.verify.support import find_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.evaluation.verifier.cases import Source


@dataclass(frozen=True, slots=True)
class Judged:
    """``refused``: whether the case is not shown by itself. ``told``: whether its sentence, only in 해요체, is.

    ``milliseconds``: of processor time, reading the clause included where it is the first of it.
    """

    case: Case
    refused: bool
    told: bool
    milliseconds: float

    @property
    def right(self) -> bool:
        return self.refused != self.case.kind.faithful


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one kind: ``refused`` is a share, 0..1, and ``apart`` the same among ``told``; NaN if there are none.

    ``told``: the cases whose sentence stands when only its ending is changed, so that they fall for what was changed.
    """

    kind: str
    faithful: bool
    count: int
    refused: float
    told: int
    apart: float


@dataclass(frozen=True, slots=True)
class Report:
    """``median`` and ``p95``: milliseconds of processor time a sentence."""

    figures: tuple[Figures, ...]
    caught: float
    caught_apart: float
    false_alarms: float
    false_alarms_apart: float
    count: int
    median: float
    p95: float

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def judge(cases: Iterable[Case]) -> Iterator[Judged]:
    """Each case with what the verifier makes of it."""
    stands: dict[Source, bool] = {}
    for case in cases:
        source = case.source
        began = time.process_time()
        refused = _is_refused(case)
        milliseconds = 1000 * (time.process_time() - began)
        if source not in stands:
            stands[source] = not find_faults(informal(source.text), [source.passage])
        yield Judged(case, refused, stands[source], milliseconds)


def summarise(judged: Sequence[Judged]) -> Report:
    """The figures of all kinds there are. Raises statistics.StatisticsError for fewer than two cases."""
    kinds = [kind for kind in Kind if any(one.case.kind is kind for one in judged)]
    false = [one for one in judged if not one.case.kind.faithful]
    faithful = [one for one in judged if one.case.kind.faithful]
    times = [one.milliseconds for one in judged]
    return Report(
        tuple(_figures(kind, [one for one in judged if one.case.kind is kind]) for kind in kinds),
        _share(false),
        _share([one for one in false if one.told]),
        _share(faithful),
        _share([one for one in faithful if one.told]),
        len(judged),
        median(times),
        quantiles(times, n=20)[-1],
    )


def table(report: Report) -> Iterator[str]:
    """The report as lines of a Markdown table."""
    yield "| 바꾼 것 | 문장 | 거절한 몫 | 원래 문장은 서는 것 | 그 가운데 거절한 몫 |"
    yield "|---|---:|---:|---:|---:|"
    for faithful, name in ((False, "거짓"), (True, "참")):
        for one in report.figures:
            if one.faithful is faithful:
                yield f"| {name}: {one.kind} | {one.count:,} | {one.refused:.3f} | {one.told:,} | {one.apart:.3f} |"
    yield f"| **거짓을 잡음** | | {report.caught:.3f} | | {report.caught_apart:.3f} |"
    yield f"| **참을 거절함** | | {report.false_alarms:.3f} | | {report.false_alarms_apart:.3f} |"
    yield f"| 문장 하나(ms, 중앙값 / 95 %) | {report.count:,} | {report.median:.1f} / {report.p95:.1f} | | |"


def sample(judged: Sequence[Judged], count: int) -> Iterator[dict[str, object]]:
    """``count`` of them by chance, the same ones each time, to be read: is what is called false false?"""
    chosen = random.Random(SEED).sample(judged, min(count, len(judged)))  # noqa: S311  # no secret
    for one in chosen:
        case = one.case
        yield {
            "kind": str(case.kind),
            "how": case.how,
            "faithful": case.kind.faithful,
            "refused": one.refused,
            "clause": case.source.passage.clause.name,
            "document": case.source.passage.clause.document,
            "source": case.source.text,
            "text": case.text,
        }


def _is_refused(case: Case) -> bool:
    passage = case.source.passage
    if case.kind is Kind.EXCEPTION and case.text == case.source.text:  # true, but for what the clause goes on with
        sentence = Sentence(case.text, (passage.clause,))
        shown = Verification([sentence], [passage], [Sentence(passage.quote, (passage.clause,))], case.text)
        return list(shown) != [sentence]
    return bool(find_faults(case.text, [passage]))


def _figures(kind: Kind, judged: Sequence[Judged]) -> Figures:
    told = [one for one in judged if one.told]
    return Figures(str(kind), kind.faithful, len(judged), _share(judged), len(told), _share(told))


def _share(judged: Sequence[Judged]) -> float:
    """Of what is refused."""
    return sum(one.refused for one in judged) / len(judged) if judged else float("nan")
