"""`show`, `check` and `compare`: terms looked at before they are used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from index.checking import as_plain, examine
from index.commands.program import AsJson, app, load_corpus
from index.errors import YakgwanError
from index.terms import Terms, article_heading, inspect


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="약관 파일(TXT, Markdown, HTML, DOCX, HWPX, PDF)")],
    *,
    as_json: AsJson = False,
) -> None:
    """약관 파일을 조와 항으로 나누어 보여 줍니다."""
    terms = inspect_file(file)
    if as_json:
        typer.echo(json.dumps(as_plain(terms), ensure_ascii=False))
        return
    typer.echo(f"{terms.title}: {len(terms.articles)}개 조")
    for article in terms.articles:
        typer.echo(article_heading(article))
        for paragraph in article.paragraphs:
            typer.echo(f"  {paragraph.number}. {paragraph.text}")
    for annex in terms.annexes:
        typer.echo(f"{annex.name} ({annex.title})" if annex.title else annex.name)
        typer.echo(f"  {annex.text}")
    for line in terms.stray:
        typer.echo(f"{file}:{line.number}: 어느 조에도 속하지 않는 줄: {line.text}", err=True)


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="약관 파일. 없으면 데이터 폴더를 검사합니다.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """약관과 대표 질문, 또는 약관 파일 하나를 검사합니다. 고칠 것이 있으면 알려 주고 1로 끝납니다."""
    if file:
        terms = inspect_file(file)
        faults = [f"{file}:{fault.line}: {fault.message}" for fault in examine(terms)]
        counts = {"articles": len(terms.articles), "paragraphs": sum(len(a.paragraphs) for a in terms.articles)}
        said = f"조 {counts['articles']}개, 항 {counts['paragraphs']}개"
    else:
        from index.questions.findings import thin, unanchored

        settings, corpus = load_corpus()
        faults = [*unanchored(settings.data, corpus), *thin(corpus)]
        counts = {"passages": len(corpus.passages), "questions": len(corpus.questions)}
        said = f"항 {counts['passages']}개, 대표 질문 {counts['questions']}개"
    if as_json:
        typer.echo(json.dumps(counts | {"faults": faults}, ensure_ascii=False))
    elif not faults:
        typer.echo(f"이상 없음: {said}")
    for fault in () if as_json else faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(help="현행 약관 파일")],
    new: Annotated[Path, typer.Argument(help="개정안 파일")],
    html: Annotated[Path | None, typer.Option("--html", help="신구조문대비표를 쓸 HTML 파일")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """두 판을 견주어 바뀐 조와 항을 보여 줍니다."""
    from index.compare.report import report

    for line in report((old, new), (inspect_file(old), inspect_file(new)), html, as_json=as_json):
        typer.echo(line)


def inspect_file(file: Path) -> Terms:
    """A file's terms. Raises YakgwanError: it is not there or cannot be read."""
    try:
        return inspect(file)
    except OSError as error:
        raise YakgwanError(
            f"{file}: {'파일을 읽을 수 없습니다' if file.is_file() else '그런 파일이 없습니다'}."
        ) from error
