"""The parts of the chat page that are no conversation: header, questions to choose from, the way to a person."""

from __future__ import annotations

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


def header(editions: Sequence[Edition], address: str) -> str:
    """Title, documents with their effective dates, and the loading state. ``address``: of the server, "" if unknown."""
    return render("chat_header.html", editions=editions, company=principal(editions).company, address=address)


def starters(editions: Sequence[Edition]) -> str:
    """The greeting with example questions by subject; a click on one asks it (`static/chat-box.js`)."""
    examples = [example for edition in editions for example in edition.examples]
    return render("starters.html", editions=editions, company=principal(editions).company, examples=examples)


def following(questions: Sequence[str], turn: int) -> str:
    """What stands below an answer that is whole: what to ask next, if anything. ``turn``: its place in the talk."""
    return render("following.html", questions=questions, turn=turn)


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
