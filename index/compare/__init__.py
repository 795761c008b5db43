"""신구조문대비표: what changed between two editions of one document, and what follows from it."""

from index.compare.announcing import notice
from index.compare.changes import Compared, Kind
from index.compare.comparing import compare
from index.compare.following import Followed, follow_questions
from index.compare.page import comparison_body, comparison_page

__all__ = [
    "Compared",
    "Followed",
    "Kind",
    "compare",
    "comparison_body",
    "comparison_page",
    "follow_questions",
    "notice",
]
