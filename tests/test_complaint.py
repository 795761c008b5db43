"""A complaint that asks nothing is asked back what happened, with the way to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answer import Status
from bot.render.lead import Wording
from bot.talk import COMPLAINT, WHAT_HAPPENED, Talk
from index.questions.acts import Act

if TYPE_CHECKING:
    from index.editions.edition import Edition
    from index.search.clause_search import ClauseSearch


def test_what_happened_is_asked_and_the_contact_offered(
    shop_editions: tuple[Edition, ...], shop_search: ClauseSearch
) -> None:
    acts = {COMPLAINT: Act(COMPLAINT, "죄송합니다.", ())}
    scored = shop_search.score(["정말 너무하네요"])[0]
    answer = Talk(Wording(acts=acts), shop_editions).reply(COMPLAINT, None, scored, shop_search)
    assert answer.status is Status.CHAT
    assert answer.text.split("\n\n")[:2] == ["죄송합니다.", WHAT_HAPPENED]
    assert "전화 : 02-000-0000" in answer.text
