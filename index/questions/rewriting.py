"""The files of curated questions, and the contact clauses, rewritten from their anchor to the edition in force.

All or nothing, whenever it is broken off (`index.files`). What a
person must look at is written to ``검토/<edition>.md`` in the same folder, which is not read as questions.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import tomlkit

from index.clause import Clause
from index.compare.changes import Kind
from index.data_files import list_files, read_text
from index.editions.counterparts import compared, counterparts
from index.editions.edition import METADATA
from index.editions.library import ANCHOR
from index.errors import QuestionsError
from index.files import HELD, exchange, put_back, remove, replace_file
from index.questions.files import PARAGRAPH, has_no_clause, split_note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.editions.edition import Edition
    from index.questions.files import Question
    from index.questions.following import CarriedOver

REVIEW = "검토"

Sections = dict[Clause, list[str]]  # the lines below the heading of each paragraph


def rewrite(data: Path, folder: Path, anchor: Edition, edition: Edition, followed: CarriedOver) -> None:
    """Rewrite the questions of ``edition``'s document and its ``terms.toml`` in ``folder``.

    Raises:
        QuestionsError: they cannot be written; then all is as it was.
    """
    questions = data / "questions" / edition.name
    aside = questions.with_name(f".{edition.name}.new")
    known = counterparts(anchor, edition)
    try:
        remove(aside)
        shutil.copytree(questions, aside, ignore=lambda _, names: [n for n in names if _is_replaced(Path(n))])
        _write_articles(questions, aside, known, edition)
        _write_review(aside / REVIEW / f"{edition.date}.md", anchor, edition, followed)
        exchange(questions, aside, folder / METADATA, _metadata(folder / METADATA, edition, known).encode())
    except (OSError, QuestionsError) as error:
        remove(aside)
        if isinstance(error, QuestionsError):
            raise
        raise QuestionsError(f"{questions}: 대표 질문을 옮길 수 없습니다: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    """Why: `shutil.copytree` collects the faults of several files instead of naming one."""
    return error.strerror or str(error)


def recover(data: Path, folder: Path) -> None:
    """Put right what a rewriting that was broken off left of a document's questions and of ``terms.toml``.

    Raises:
        QuestionsError: it cannot be written.
    """
    try:
        put_back(data / "questions" / folder.name, folder / METADATA)
    except OSError as error:
        raise QuestionsError(f"{folder.name}: 옮기다 만 대표 질문을 되돌릴 수 없습니다: {error.strerror}") from error


def _is_replaced(path: Path) -> bool:
    return path.name == HELD or _of_article(path)


def _of_article(path: Path) -> bool:
    return path.suffix == ".md" and not has_no_clause(path)


def _write_articles(source: Path, target: Path, known: Mapping[Clause, Clause], edition: Edition) -> None:
    sections: Sections = {}
    for path in filter(_of_article, list_files(source, ".md", QuestionsError)):
        for clause, lines in _read_sections(path, edition.name).items():
            if clause in known:
                sections.setdefault(known[clause], []).extend(_renumber(line, edition.name, known) for line in lines)
    for article in edition.terms.articles:
        found = [
            (paragraph.number, sections[clause])
            for paragraph in article.paragraphs
            if (clause := article.clause(edition.name, paragraph.number)) in sections
        ]
        if found:
            text = "".join(f"\n## 제{number}항\n" + "".join(f"{line}\n" for line in lines) for number, lines in found)
            head = f"# {article.name} {article.title}".rstrip()
            (target / f"{article.address}.md").write_text(f"{head}\n{text}", encoding="utf-8")


def _read_sections(path: Path, terms: str) -> Sections:
    sections: Sections = {}
    lines: list[str] = []
    for line in read_text(path, QuestionsError).splitlines():
        if heading := PARAGRAPH.match(line):
            lines = sections.setdefault(Clause(terms, path.stem, heading["number"]), [])
        elif line.strip() and sections:
            lines.append(line)
    return sections


def _renumber(line: str, terms: str, known: Mapping[Clause, Clause]) -> str:
    """A question with the note of further paragraphs in the new numbers."""
    text, also = split_note(line, terms)
    if not also:
        return line
    clauses = [known[clause] for clause in also if clause in known]
    return f"{text} [{' '.join(f'+{c.article}.{c.paragraph}' for c in clauses)}]" if clauses else text


def _write_review(path: Path, anchor: Edition, edition: Edition, followed: CarriedOver) -> None:
    """Old and new address, and the questions: what stays although its paragraph changed, and what went with it."""
    kinds = {Kind.CHANGED: followed.changed, Kind.DELETED: [(question, None) for question in followed.lost]}
    lines = [f"# {anchor.date} → {edition.date}: 살펴볼 대표 질문", ""]
    titles = {Kind.CHANGED: "바뀐 항의 질문(새 항으로 옮겨 두었습니다)", Kind.DELETED: "없어진 항의 질문(빠졌습니다)"}
    for kind, pairs in kinds.items():
        lines += [f"## {titles[kind]}", *(_told(old, new) for old, new in pairs), ""]
    added = [c.new.name for c in compared(anchor, edition).paragraphs if c.kind is Kind.ADDED and c.new]
    lines += ["## 새로 생긴 항(대표 질문이 없습니다)", *(f"- {name}" for name in added), ""]
    lines += ["## 새 내용이 답할 수도 있는 범위 밖 질문", *(f"- {question.text}" for question in followed.unsettled)]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _told(old: Question, new: Question | None) -> str:
    names = [q.clauses[0].name for q in (old, new) if q]
    return f"- {old.text} ({' → '.join(dict.fromkeys(names))})"


def _metadata(path: Path, edition: Edition, known: Mapping[Clause, Clause]) -> str:
    """``terms.toml`` with the new anchor and the contact clauses in the new numbers; comments stay."""
    document = tomlkit.parse(read_text(path, QuestionsError)) if path.exists() else tomlkit.document()
    addresses = [Clause.at(edition.name, str(one)) for one in document.get("contact", ())]
    followed = [known[clause] for clause in addresses if clause in known]
    if addresses:
        document["contact"] = [f"{clause.article}.{clause.paragraph}" for clause in followed]
    return _anchored(document, edition.date)


def name_anchor(folder: Path, date: str) -> None:
    """Have the ``terms.toml`` in ``folder`` say that questions and contact clauses have the numbers of that edition.

    Raises:
        QuestionsError: it cannot be read or written; then it is as it was.
    """
    path = folder / METADATA
    document = tomlkit.parse(read_text(path, QuestionsError)) if path.exists() else tomlkit.document()
    try:
        replace_file(path, _anchored(document, date).encode())
    except OSError as error:
        raise QuestionsError(f"{path}:1: 쓸 수 없습니다: {error.strerror}") from error


def _anchored(document: tomlkit.TOMLDocument, date: str) -> str:
    # a bare key behind a table would belong to the table
    values = {str(key): value for key, value in document.items() if not isinstance(value, dict)}
    if ANCHOR in values:
        document[ANCHOR] = date
        return tomlkit.dumps(document)
    return f'# 대표 질문과 연락처 조항의 번호가 따르는 판\n{ANCHOR} = "{date}"\n{tomlkit.dumps(document)}'
