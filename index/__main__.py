"""`python -m index build|search|show|check|compare|zero-shot`: the index from the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from tqdm import tqdm

from index.cli import make_app, run
from index.editions import load_editions
from index.errors import StoreError, YakgwanError
from index.examine import as_plain, examine, name_article
from index.settings import load_index_settings
from index.terms import Terms, inspect

if TYPE_CHECKING:
    from index.collection import Corpus
    from index.settings import IndexSettings

MIN_QUESTIONS = 12  # curated questions a paragraph, from which the search does well (measured in the README)

app = make_app("약관의 색인을 만들고, 찾고, 살펴봅니다.")
AsJson = Annotated[bool, typer.Option("--json", help="JSON으로 출력")]


@app.command()
def build(
    *, force: Annotated[bool, typer.Option("--force", help="최신이어도 새로 만들기")] = False, as_json: AsJson = False
) -> None:
    """색인이 없거나 낡았으면 만듭니다. 만드는 동안에는 이전 색인이 그대로 쓰입니다."""
    # imported here: they take seconds, and `show` and the help texts must not
    from index import build as building

    settings, corpus = _corpus()
    embedder = building.embedder_or_none(settings.embedding)
    try:
        if not force:
            _, manifest = building.load(settings, corpus, embedder)
            typer.echo(json.dumps(manifest, ensure_ascii=False) if as_json else "색인이 최신입니다.")
            return
    except StoreError as error:
        typer.echo(str(error), err=True)
    # in a log file a line every ten seconds is enough
    interval = 0.1 if sys.stderr.isatty() else 10.0
    with tqdm(desc="색인 만들기", unit="문장", file=sys.stderr, mininterval=interval) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        _, manifest = building.build(settings, corpus, embedder, progress)
    counts = f"항 {manifest['passages']}개, 대표 질문 {manifest['questions']}개"
    made = f"색인을 만들었습니다: {counts}, 모델 {manifest['model'] or '없음(낱말만)'}"
    made += ", 벡터 그대로 {kept}개, 새로 {embedded}개, 버림 {dropped}개".format(**manifest["vectors"])
    typer.echo(json.dumps(manifest, ensure_ascii=False) if as_json else made)


@app.command()
def search(
    question: Annotated[str, typer.Argument(help="질문, 낱말, 또는 '7조 2항'")],
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="결과 수")] = 5,
    *,
    as_json: AsJson = False,
) -> None:
    """질문에 가까운 항을 찾습니다."""
    from index.build import open_search

    settings = load_index_settings()
    retriever = open_search(settings, load_editions(settings.data))
    for hit in retriever.find(question[:500], k):
        row = asdict(hit.passage) | {"score": round(hit.score, 4), "reasons": hit.reasons}
        address = f"제{hit.passage.clause.article}조 제{hit.passage.clause.paragraph}항"
        plain = f"{hit.score:.3f}  {address} ({hit.passage.article_title})  {hit.passage.quote}"
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else plain)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="약관 파일(TXT, Markdown, HTML, DOCX, HWPX, PDF)")],
    *,
    as_json: AsJson = False,
) -> None:
    """약관 파일을 조와 항으로 나누어 보여 줍니다."""
    terms = _inspect(file)
    if as_json:
        typer.echo(json.dumps(as_plain(terms), ensure_ascii=False))
        return
    typer.echo(f"{terms.title}: {len(terms.articles)}개 조")
    for article in terms.articles:
        typer.echo(name_article(article))
        for paragraph in article.paragraphs:
            typer.echo(f"  {paragraph.number}. {paragraph.text}")
    for line in terms.unplaced:
        typer.echo(f"{file}:{line.number}: 어느 조에도 속하지 않는 줄: {line.text}", err=True)


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="약관 파일. 없으면 데이터 폴더를 검사합니다.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """약관과 대표 질문, 또는 약관 파일 하나를 검사합니다. 고칠 것이 있으면 알려 주고 1로 끝납니다."""
    if file:
        terms = _inspect(file)
        faults = [f"{file}:{fault.line}: {fault.message}" for fault in examine(terms)]
        counts = {"articles": len(terms.articles), "paragraphs": sum(len(a.paragraphs) for a in terms.articles)}
        said = f"조 {counts['articles']}개, 항 {counts['paragraphs']}개"
    else:
        _, corpus = _corpus()
        faults = list(_thin(corpus))
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
    from index.compare.reporting import report

    for line in report((old, new), (_inspect(old), _inspect(new)), html, as_json=as_json):
        typer.echo(line)


@app.command(name="zero-shot")
def zero_shot(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="SQuAD 형식의 파일(예: KorQuAD)")],
    *,
    as_json: AsJson = False,
) -> None:
    """대표 질문이 없는 글에서 얼마나 잘 찾는지 잽니다. 합친 점수가 어느 한쪽보다 낮으면 1로 끝납니다."""
    from index import zero_shot as measuring
    from index.embedding import load_embedder

    found = measuring.read_reading_set(file)
    embedder = load_embedder(load_index_settings().embedding)
    with tqdm(total=len(found.passages) + len(found.questions), desc="재기", unit="글", disable=None) as bar:
        figures = measuring.measure(found, embedder, bar.update)
    if as_json:
        typer.echo(json.dumps({name: asdict(values) for name, values in figures.items()}))
    else:
        typer.echo(f"문단 {len(found.passages):,}개, 질문 {len(found.questions):,}개")
        for name, values in figures.items():
            typer.echo(f"{name:6s} recall@1 {values.recall:.3f}  nDCG@10 {values.ndcg:.3f}")
    fused, parts = figures["fused"], (figures["dense"], figures["words"])
    if any(fused.recall < part.recall or fused.ndcg < part.ndcg for part in parts):
        raise typer.Exit(1)


def _corpus() -> tuple[IndexSettings, Corpus]:
    from index.collection import read_corpus

    settings = load_index_settings()
    return settings, read_corpus(settings.data, load_editions(settings.data))


def _thin(corpus: Corpus) -> list[str]:
    counts = {passage.clause: 0 for passage in corpus.passages}
    for question in corpus.questions:
        for clause in question.clauses[:1]:
            counts[clause] += 1
    return [
        f"{c.terms} 제{c.article}조 제{c.paragraph}항: 대표 질문이 {count}개입니다({MIN_QUESTIONS}개 이상 권장)."
        for c, count in counts.items()
        if count < MIN_QUESTIONS
    ]


def _inspect(file: Path) -> Terms:
    try:
        return inspect(file)
    except OSError as error:
        raise YakgwanError(
            f"{file}: {'파일을 읽을 수 없습니다' if file.is_file() else '그런 파일이 없습니다'}."
        ) from error


if __name__ == "__main__":
    sys.exit(run(app, sys.argv[1:]))
