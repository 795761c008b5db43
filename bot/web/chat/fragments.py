"""The parts of the chat page that are no conversation: header, questions to choose from, the way to a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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


def handover_card(edition: Edition, code: str, questions: Sequence[str], marks: Sequence[str]) -> str:
    """The contacts in the terms, the conversation's code ("" if nothing was asked), what was asked, masked."""
    contacts = [(p.text, _address(p.text)) for clause in edition.contact if (p := edition.paragraph(clause))]
    shown = [mask_personal(clean(question[:LONGEST])) for question in questions[-MOST:]]
    return render("handover.html", contacts=contacts, code=code, questions=shown, marks=marks)


def _address(text: str) -> str:
    """ "tel:…" or "mailto:…" of a contact paragraph; "" if it holds neither."""
    if phone := _PHONE.search(text):
        return f"tel:{phone[0]}"
    mail = _MAIL.search(text)
    return f"mailto:{mail[0]}" if mail else ""
