"""The search as a LangChain retriever, for chains that want documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

if TYPE_CHECKING:
    from index.search.hits import Hit


class ClauseRetriever(BaseRetriever):
    """What ``search``, a `ClauseSearch`, finds, as documents; ``k``: how many at most."""

    search: Any  # pydantic would look into it
    k: int = 10

    def _get_relevant_documents(self, query: str, **_: Any) -> list[Document]:  # noqa: ANN401
        return [_document(hit) for hit in self.search.find(query, self.k)]


def _document(hit: Hit) -> Document:
    """The quote, with address, edition, titles, score and reasons as metadata."""
    about = {"edition": hit.passage.edition, "title": hit.passage.article_title, "document": hit.passage.terms_title}
    found = {"score": hit.score, "reasons": list(hit.reasons)}
    return Document(page_content=hit.passage.quote, metadata=hit.passage.clause.as_json() | about | found)
