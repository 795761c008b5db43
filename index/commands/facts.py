"""`facts`: what clauses state, leave and ask of whom: shown, tagged into files, measured."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from index.commands.program import app
from index.editions.library import load_editions
from index.errors import YakgwanError
from index.facts.files import read_facts
from index.facts.measure import measure_clauses, measure_questions, reviewed, tagged
from index.facts.tagging import described, write_facts
from index.passages import make_passages
from index.settings import load_index_settings

SET = Path("tests/data")
QUESTIONS, CLAUSES = "kinds_asked.jsonl", "kinds_of_clauses.jsonl"


@app.command()
def facts(
    *,
    write: Annotated[bool, typer.Option("--write", help="살펴보지 않은 항을 표시해 data/facts에 적기")] = False,
    measure: Annotated[bool, typer.Option("--measure", help="갈래를 얼마나 바르게 읽는지 재기")] = False,
    labelled: Annotated[Path, typer.Option("--set", help="갈래를 사람이 적은 묶음의 폴더")] = SET,
) -> None:
    """항마다 무엇을 적고, 무엇을 다른 문서에 맡기고, 누가 무엇을 할 수 있고 해야 하는지 보여 줍니다."""
    data = load_index_settings().data
    editions = load_editions(data)
    if measure:
        _measure(data, labelled)
        return
    for edition in editions:
        if write:
            for path in write_facts(data, edition):
                typer.echo(f"{path}: 표시했습니다. 살펴보세요.")
        else:
            typer.echo("\n".join([edition.title, *described(data, edition)]))


def _measure(data: Path, folder: Path) -> None:
    if not (folder / QUESTIONS).is_file() or not (folder / CLAUSES).is_file():
        raise YakgwanError(f"{folder}: {QUESTIONS}, {CLAUSES} 파일이 없습니다.")
    passages = make_passages(load_editions(data)[:1])
    text = {(p.clause.article, p.clause.paragraph): p.quote for p in passages}
    known = read_facts(data, {p.clause.document for p in passages})
    by_text = {p.quote: known.of(p) for p in passages}
    counts = {
        "질문이 묻는 것": measure_questions(folder / QUESTIONS),
        "항이 적은 것(표시기)": measure_clauses(folder / CLAUSES, text, tagged),
        "항이 적은 것(살펴본 data/facts)": measure_clauses(folder / CLAUSES, text, lambda t: reviewed(by_text[t])),
    }
    for name, found in counts.items():
        typer.echo("\n".join([name, *found.lines()]))
