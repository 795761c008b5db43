"""The parts of the chat page that are no conversation: header, questions to choose from, the way to a person."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.journal.requests import LONGEST_ABOUT, LONGEST_CONTACT
from bot.privacy import mask_personal
from bot.understand.question import clean
from bot.web.templating import render
from index.editions.edition import principal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.editions.edition import Edition

LONGEST, MOST = 2000, 50  # characters of a question, and questions, that are shown
_PHONE = re.compile(r"\d{2,4}-\d{3,4}-\d{4}")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Form:
    """For leaving something for an agent. ``about``: what it begins with. ``hours``: when somebody will look, or "".

    ``ticket``: stands for the conversation. ``days``: that it is kept at most.
    """

    ticket: str
    about: str
    hours: str
    days: int
    longest_about: int = LONGEST_ABOUT
    longest_contact: int = LONGEST_CONTACT


def header(editions: Sequence[Edition]) -> str:
    """Title, documents with their effective dates, and the loading state."""
    return render("chat_header.html", editions=editions, company=principal(editions).company)


def starters(editions: Sequence[Edition]) -> str:
    """The greeting with example questions by subject; a click on one asks it (`static/chat-box.js`)."""
    examples = [example for edition in editions for example in edition.examples]
    return render("starters.html", editions=editions, company=principal(editions).company, examples=examples)


def following(questions: Sequence[str], turn: int, copy: str, *, restored: bool = False) -> str:
    """What stands below an answer that is whole: what to ask next, if anything, and what is copied of it.

    ``turn``: its place in the talk; ``restored``: it is an earlier one that nobody waits for.
    """
    # a blank line would end the block in which HTML is no Markdown
    return render(
        "following.html", questions=questions, turn=turn, copy=json.dumps(copy, ensure_ascii=False), restored=restored
    )


def kept(hours: int, token: str | None, copies: Sequence[str] = ()) -> str:
    """What the page keeps, for ``hours``: the ``token`` of its conversation, "" for none, None if it is not asked yet.

    ``copies``: of the answers that were restored, as `following` has one.
    """
    return render(
        "kept.html", hours=hours, token=token, copies=json.dumps(copies, ensure_ascii=False) if copies else ""
    )


def handover_card(
    edition: Edition,
    code: str,
    questions: Sequence[str],
    marks: Sequence[str],
    form: Form | None = None,
    left: str = "",
) -> str:
    """The contacts in the terms, the conversation's code ("" if nothing was asked), what was asked, masked.

    With the ``form`` for leaving something, or what is said of what was ``left`` already.
    """
    contacts = [(p.text, _address(p.text)) for clause in edition.contact if (p := edition.paragraph(clause))]
    shown = [mask_personal(clean(question[:LONGEST])) for question in questions[-MOST:]]
    return render("handover.html", contacts=contacts, code=code, questions=shown, marks=marks, form=form, left=left)


def _address(text: str) -> str:
    """ "tel:…" or "mailto:…" of a contact paragraph; "" if it holds neither."""
    if phone := _PHONE.search(text):
        return f"tel:{phone[0]}"
    mail = _MAIL.search(text)
    return f"mailto:{mail[0]}" if mail else ""
