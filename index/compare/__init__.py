"""신구조문대비표: what changed between two editions of one document, and what follows from it."""

from index.compare.changes import Compared, Kind
from index.compare.compare import compare
from index.compare.notice_period import notice
from index.compare.page import comparison_body, comparison_page

__all__ = ["Compared", "Kind", "compare", "comparison_body", "comparison_page", "notice"]
