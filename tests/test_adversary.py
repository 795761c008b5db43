"""A hostile model behind a real HTTP endpoint: nothing that it makes up or turns round is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.hostile import MADE_UP, twist

from bot.answer import escape_markdown
from bot.evaluation.verifier.inflection import informal
from bot.verify.endings import formal
from bot.verify.morphemes import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.adversary import Adversary
    from support.model_fixtures import Bot

    from index.passages import Passage

pytest_plugins = ["support.model_fixtures"]


def only_quotes(shown: str, passage: Passage) -> bool:
    """Whether all that is shown are the clause's own words, if in 해요체, the last of them the whole clause."""
    said = [plain(piece.partition(" [제")[0]) for piece in shown.split("\n\n")]
    own = plain(escape_markdown(passage.quote))
    return all(formal(piece) in own for piece in said) and said[-1] == own


@pytest.mark.parametrize("end", [str, informal], ids=["합니다체", "해요체"])
def test_no_false_sentence_out_of_a_real_clause_is_shown(
    adversary: Adversary, passages: dict[str, Passage], bot: Bot, end: Callable[[str], str]
) -> None:
    writer, told = adversary.writer(), 0
    for passage in passages.values():
        wanted = bot.quote([passage])
        for kind, false in twist(passage.quote):
            adversary.says, told = f"{end(false)} [1]", told + 1
            shown = bot.answer(writer, [passage]).text
            assert shown == wanted or only_quotes(shown, passage), (kind, false)
    assert told >= 700


@pytest.mark.parametrize("false", dict.fromkeys([*MADE_UP, *map(informal, MADE_UP)]))
def test_nothing_made_up_is_shown(adversary: Adversary, passages: dict[str, Passage], bot: Bot, false: str) -> None:
    found = [passages["15.3"], passages["7.3"]]
    for adversary.says in (f"{false} [1]", f"{false} [2]", f"{false} [1][2]", false, f"{false} [9]"):
        assert bot.answer(adversary.writer(), found).text == bot.quote(found)


def test_a_true_sentence_under_another_clauses_label_gives_way_to_that_clause(
    adversary: Adversary, passages: dict[str, Passage], bot: Bot
) -> None:
    found = [passages["15.3"], passages["7.3"]]
    adversary.says = f"{found[1].quote} [1]\n{found[0].quote} [2]"
    assert bot.answer(adversary.writer(), found).text == bot.quote(found)


def test_a_false_sentence_behind_a_true_one_is_replaced(
    adversary: Adversary, passages: dict[str, Passage], bot: Bot
) -> None:
    found = [passages["15.3"], passages["7.3"]]
    true = "해지를 요청하더라도 이미 제공된 서비스나 착수비·선투자 비용은 환불되지 않습니다."
    adversary.says = f"{true} [1]\n3회 이상 연체되면 계약을 해지할 수 있습니다. [2]\n전액 환불을 보장합니다. [1]"
    shown = bot.answer(adversary.writer(), found)
    assert shown.text.startswith(true)
    assert "2회 이상 연체될 경우" in shown.text
    assert "3회" not in shown.text
    assert "보장" not in shown.text
    assert [str(check.outcome) for check in shown.checks] == ["kept", "replaced", "replaced"]
