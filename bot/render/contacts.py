"""The way to a person and to the text itself, below what could not be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.addresses import article_url, clause_url, contents_url
from bot.answer import escape_markdown, reference_name
from index.editions.edition import principal
from index.references.by_number import find_references

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.editions.edition import Edition

ASK_PERSON = "아래로 문의해 주세요."


def ways_to_a_person(editions: Sequence[Edition]) -> list[str]:
    """One block of Markdown with the contacts that ``editions`` name; [] if they name none."""
    contacts = [
        f"- {escape_markdown(p.text)} [{c.name}]({clause_url(c)})"
        for edition in editions
        for c in edition.contact
        if (p := edition.paragraph(c))
    ]
    return [ASK_PERSON + "\n" + "\n".join(contacts)] if contacts else []


def fault_told(message: str, question: str, editions: Sequence[Edition]) -> str:
    """What a person reads in place of an answer: ``message``, where the terms can be read meanwhile, the contacts."""
    speaks = [principal(editions)] if editions else []
    read = [f"[{escape_markdown(one.title)}]({contents_url(one.name)})" for one in speaks]
    read += [link for one in speaks for link in _named(question, one)]
    lines = [f"약관은 여기에서 그대로 읽으실 수 있습니다: {' '.join(dict.fromkeys(read))}"] if read else []
    return "\n\n".join([message, *lines, *ways_to_a_person(speaks)])


def _named(question: str, edition: Edition) -> Iterator[str]:
    """Links to the articles and paragraphs of ``edition`` that a question names by number."""
    for reference in find_references(question):
        article = edition.article(reference.article)
        if article is None or reference.document not in {None, "", edition.name}:
            continue
        anchor = f"#p{reference.paragraph}" if any(p.number == reference.paragraph for p in article.paragraphs) else ""
        yield f"[{reference_name(reference)}]({article_url(edition.name, article.address)}{anchor})"
