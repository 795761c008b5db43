"""Files of facts made from what the tagger finds; what a person reviewed stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.facts.files import Act, ClauseFacts, Leaves, Stated, as_toml, read_facts, unreviewed
from index.facts.tagger import find_acts, find_facts, find_left

if TYPE_CHECKING:
    from pathlib import Path

    from index.editions.edition import Edition
    from index.terms import Article

LOOK = "# 표시한 뒤 아무도 살펴보지 않았습니다.\n"
_BLOCK = re.compile(r"^\[([A-Za-z0-9_-]{1,20})\]\n.*?(?=^\[[A-Za-z0-9_-]{1,20}\]\n|\Z)", re.MULTILINE | re.DOTALL)


def tag(text: str) -> ClauseFacts:
    """What the tagger finds in a paragraph."""
    return ClauseFacts(
        tuple(Stated(fact.kind, fact.value) for fact in find_facts(text)),
        tuple(Leaves(left.things, left.target) for left in find_left(text)),
        tuple(Act(act.who, act.modal, act.what) for act in find_acts(text)),
    )


def write_facts(data: Path, edition: Edition) -> list[Path]:
    """Tag the paragraphs for whose text nobody wrote facts, into the files of their articles; these are returned.

    The table of a paragraph whose text changed gives way to a tagged one. Raises OSError.
    """
    folder = data / "facts" / edition.name
    stale = unreviewed(data, edition)
    written = []
    for article in edition.terms.articles:
        numbers = {number for address, number in stale if address == article.address}
        if numbers:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{article.address}.toml"
            path.write_text(_merged(path, article, numbers), encoding="utf-8")
            written.append(path)
    return written


def _merged(path: Path, article: Article, numbers: set[str]) -> str:
    rows = [(p.number, p.text, tag(p.text)) for p in article.paragraphs if p.number in numbers]
    fresh = as_toml(f"{article.name} {article.title}", rows)
    if not path.exists():
        return fresh.replace("\n\n", f"\n{LOOK}\n", 1)
    known = path.read_text(encoding="utf-8")
    for block in _BLOCK.finditer(fresh):
        own = next((one for one in _BLOCK.finditer(known) if one[1] == block[1]), None)
        text = f"{block[0].rstrip()}\n\n"
        text = text.replace("\n", f"\n{LOOK}", 1)
        known = known.replace(own[0], text) if own else f"{known.rstrip()}\n\n{text}"
    return known


def described(data: Path, edition: Edition) -> list[str]:
    """The facts of each paragraph in lines, reviewed where somebody did."""
    from index.passages import make_passages

    facts = read_facts(data, [edition.name])
    lines = []
    for passage in make_passages([edition]):
        known = facts.of(passage)
        own = known or tag(passage.quote)
        lines.append(f"{passage.clause.article}.{passage.clause.paragraph}" + ("" if known else " (살펴보지 않음)"))
        lines += [f"  적음 {fact.kind}: {fact.value}" + (f" ({fact.of})" if fact.of else "") for fact in own.states]
        lines += [f"  맡김 {left.thing} → {left.to}" for left in own.leaves]
        lines += [f"  {act.who}: {act.what} {act.modal}" for act in own.acts]
    return lines
