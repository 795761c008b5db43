"""The shapes in which the interface gives the text of the terms, each with an example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, Field

from bot.answer import article_url, clause_url
from bot.web.shapes import ADDRESS, QUOTE, example

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic.config import JsonDict

    from index.editions import Edition
    from index.terms import Article

TERMS: JsonDict = {"name": "서비스이용약관", "title": "서비스 이용약관", "edition": "2025-12-15"}


class TermsShape(BaseModel):
    """약관 하나."""

    name: str = Field(description="주소에 쓰는 이름")
    title: str
    edition: str = Field(description="시행일(YYYY-MM-DD)")
    articles: int = Field(description="조의 수")


class AllTermsShape(BaseModel):
    """답하는 근거가 되는 약관들."""

    model_config = example({"terms": [TERMS | {"articles": 22}]})

    terms: list[TermsShape]

    @classmethod
    def of(cls, editions: Sequence[Edition]) -> Self:
        rows = [
            TermsShape(name=e.name, title=e.title, edition=e.date, articles=len(e.terms.articles)) for e in editions
        ]
        return cls(terms=rows)


class ContentsRow(BaseModel):
    """차례의 한 줄."""

    number: str = Field(description="조 번호. 예: 7, 10의2")
    title: str
    paragraphs: int = Field(description="항의 수")
    url: str = Field(description="조의 주소")


class ContentsShape(BaseModel):
    """약관의 차례."""

    model_config = example(
        TERMS
        | {
            "editions": ["2025-12-15"],
            "articles": [{"number": "7", "title": "이용요금 및 지불조건", "paragraphs": 3, "url": ADDRESS}],
        }
    )

    name: str = Field(description="주소에 쓰는 이름")
    title: str
    edition: str = Field(description="시행일(YYYY-MM-DD)")
    editions: list[str] = Field(description="모든 판의 시행일, 오래된 것부터")
    articles: list[ContentsRow]

    @classmethod
    def of(cls, edition: Edition, dates: Sequence[str], dated: str) -> Self:
        """``dates``: of all editions; ``dated``: what addresses say of this one (`bot.web.lookup.dated`)."""
        rows = [
            ContentsRow(
                number=a.address,
                title=a.title,
                paragraphs=len(a.paragraphs),
                url=article_url(edition.name, a.address, dated),
            )
            for a in edition.terms.articles
        ]
        return cls(name=edition.name, title=edition.title, edition=edition.date, editions=list(dates), articles=rows)


class ParagraphShape(BaseModel):
    """항."""

    number: str
    text: str = Field(description="항의 원문")
    url: str = Field(description="바뀌지 않는 주소")


class ArticleShape(BaseModel):
    """조와 그 항들."""

    model_config = example(
        {
            "name": "서비스이용약관",
            "terms": "서비스 이용약관",
            "edition": "2025-12-15",
            "number": "7",
            "title": "이용요금 및 지불조건",
            "url": ADDRESS,
            "paragraphs": [{"number": "3", "text": QUOTE, "url": f"{ADDRESS}#p3"}],
        }
    )

    name: str = Field(description="주소에 쓰는 약관 이름")
    terms: str = Field(description="약관 제목")
    edition: str = Field(description="시행일(YYYY-MM-DD)")
    number: str = Field(description="조 번호. 예: 7, 10의2")
    title: str = Field(description="조 제목")
    url: str = Field(description="조의 주소")
    paragraphs: list[ParagraphShape]

    @classmethod
    def of(cls, edition: Edition, article: Article, dated: str) -> Self:
        """``dated``: what addresses say of the edition (`bot.web.lookup.dated`)."""
        clauses = [article.clause(edition.name, p.number) for p in article.paragraphs]
        paragraphs = [
            ParagraphShape(number=p.number, text=p.text, url=clause_url(clause, dated))
            for p, clause in zip(article.paragraphs, clauses, strict=True)
        ]
        return cls(
            name=edition.name,
            terms=edition.title,
            edition=edition.date,
            number=article.address,
            title=article.title,
            url=article_url(edition.name, article.address, dated),
            paragraphs=paragraphs,
        )
