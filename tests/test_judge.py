"""A language model as judge of candidates: how its word is weighed, asked for, and done without."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from adversary import KEY, Adversary
from hits import find_hit
from pydantic import SecretStr

from bot.evaluation.judge import Example, weigh
from bot.gate import RELATED, Finding
from bot.judge import CANDIDATES, Judge, log_odds, open_judge, open_judging
from bot.models.judging import SURE, ModelJudging
from bot.settings import Settings
from index.chat_model import open_model
from index.errors import SettingsError, YakgwanError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.questions.corpus import Corpus

pytest_plugins = ["model_fixtures"]


class Fixed:
    """Says what it is told to, and remembers what it was asked."""

    def __init__(self, *said: float) -> None:
        self.said = list(said) or None
        self.asked: list[tuple[str, list[str]]] = []

    def __call__(self, question: str, clauses: Sequence[str]) -> list[float] | None:
        self.asked.append((question, list(clauses)))
        return self.said


def judging(adversary: Adversary, seconds: float = 5.0, reasons: list[str] | None = None) -> ModelJudging:
    told = [] if reasons is None else reasons
    model = open_model("openai:liar", adversary.url, SecretStr(KEY), seconds)
    return ModelJudging(model, seconds=seconds, on_failure=told.append)


def found(corpus: Corpus, *scores: float, named: bool = False) -> Finding:
    addresses = ("2.1", "1.1", "1.2", "3.1")
    return Finding("환불?", tuple(find_hit(corpus, a, s, named=named) for a, s in zip(addresses, scores, strict=False)))


def test_the_judgement_is_added_in_log_odds(shop_corpus: Corpus) -> None:
    # odds 4 : 1 of the score times (1 : 9) of the judgement = 4 : 9; with the other clause 1 : 1 times 9 : 1
    finding = Judge(Fixed(0.1, 0.9), weight=1.0).reconsider(found(shop_corpus, 0.8, 0.5))
    assert [hit.passage.clause.article for hit in finding.hits] == ["1", "2"]
    assert [round(hit.score, 6) for hit in finding.hits] == [0.9, round(4 / 13, 6)]


def test_weight_and_bias_scale_and_shift_it(shop_corpus: Corpus) -> None:
    # a weight of 0 leaves odds of 1 : 1; a bias of log odds 0.75 makes them 3 : 1
    finding = Judge(Fixed(0.01), weight=0.0, bias=log_odds(0.75)).reconsider(found(shop_corpus, 0.5))
    assert finding.hits[0].score == pytest.approx(0.75)


def test_only_candidates_near_enough_are_judged(shop_corpus: Corpus) -> None:
    judge = Fixed(0.5, 0.5, 0.5)
    Judge(judge, weight=1.0).reconsider(found(shop_corpus, 0.9, 0.8, 0.7, 0.6))
    assert [len(clauses) for _, clauses in judge.asked] == [CANDIDATES]
    Judge(judge, weight=1.0).reconsider(found(shop_corpus, RELATED - 0.01))
    assert len(judge.asked) == 1


def test_a_clause_asked_for_by_number_is_not_judged(shop_corpus: Corpus) -> None:
    judge, finding = Fixed(0.0), found(shop_corpus, 0.9, named=True)
    assert Judge(judge, weight=1.0).reconsider(finding) is finding
    assert not judge.asked


def test_without_a_judgement_the_scores_stand(shop_corpus: Corpus) -> None:
    finding = found(shop_corpus, 0.9)
    assert Judge(Fixed(), weight=1.0).reconsider(finding) is finding


def test_yes_by_the_probability_of_the_token(adversary: Adversary) -> None:
    adversary.says, adversary.tokens = "Yes", {"Yes": 0.6, " no": 0.2, "다": 0.1}
    assert judging(adversary)("환불 되나요?", ["조항 <1>", "조항 2"]) == pytest.approx([0.75, 0.75])
    assert all(asked["logprobs"] and asked["max_completion_tokens"] == 1 for asked in adversary.asked)
    told = sorted(str(asked["messages"]) for asked in adversary.asked)
    assert "조항 &lt;1&gt;" in told[0]
    assert "조항 2" in told[1]


def test_yes_by_constrained_output_where_no_probabilities_are_told(adversary: Adversary) -> None:
    adversary.says = json.dumps({"answers": "No"})
    assert judging(adversary)("환불 되나요?", ["조항"]) == pytest.approx([1 - SURE])
    assert adversary.asked[-1]["response_format"]["type"] == "json_schema"
    adversary.says = json.dumps({"answers": "Yes"})
    assert judging(adversary)("환불 되나요?", ["조항"]) == [SURE]


@pytest.mark.parametrize(
    ("manner", "says", "reason"),
    [("500", "", "broken"), ("429", "", "limited"), ("silent", "", "slow"), ("well", "물론입니다", "broken")],
)
def test_a_model_that_fails_does_not_judge(adversary: Adversary, manner: str, says: str, reason: str) -> None:
    reasons = list[str]()
    adversary.manner, adversary.says = manner, says
    assert judging(adversary, 0.5, reasons)("환불 되나요?", ["조항"]) is None
    assert reasons == [reason]


def test_a_model_that_keeps_failing_is_not_asked(adversary: Adversary) -> None:
    reasons, adversary.manner = list[str](), "500"
    judge = judging(adversary, reasons=reasons)
    for _ in range(6):
        assert judge("환불 되나요?", ["조항"]) is None
    assert reasons == ["broken"] * 5 + ["resting"]


def test_the_judge_is_opened_only_when_asked_for(adversary: Adversary) -> None:
    with_model = Settings(
        _env_file=None, model="openai:liar", model_url=adversary.url, judge=True, judge_weight=2.0, judge_bias=0.0
    )
    assert open_judge(with_model)
    assert open_judge(with_model.model_copy(update={"judge": False})) is None
    with pytest.raises(SettingsError, match="BOT_MODEL"):
        open_judge(with_model.model_copy(update={"model": ""}))
    with pytest.raises(SettingsError, match="BOT_MODEL"):
        open_judging(Settings(_env_file=None))


def test_a_good_judge_earns_weight_and_a_bad_one_none() -> None:
    def examples(say: float) -> list[Example]:
        said = [0.5 + say, 0.5 - say]
        return [Example(q, 0.6 if q % 2 == 0 or q % 3 == 0 else 0.4, said[q % 2], right=q % 2 == 0) for q in range(60)]

    good, bad = weigh(examples(0.4)), weigh(examples(-0.4))
    assert (good.judge, bad.judge) == (1.0, 0.0)
    assert good.both > 0.95
    assert good.weight > 0
    assert (bad.weight, bad.bias) == (0.0, 0.0)
    with pytest.raises(YakgwanError, match="모자랍니다"):
        weigh([Example(1, 0.5, 0.5, right=True)])
