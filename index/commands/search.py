"""`build`, `search` and `zero-shot`."""

from __future__ import annotations

import ctypes
import gc
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from tqdm import tqdm

from index.commands.program import AsJson, app, load_corpus
from index.editions.library import load_editions
from index.errors import StoreError
from index.settings import load_index_settings


@app.command()
def build(
    *, force: Annotated[bool, typer.Option("--force", help="최신이어도 새로 만들기")] = False, as_json: AsJson = False
) -> None:
    """색인이 없거나 낡았으면 만듭니다. 만드는 동안에는 이전 색인이 그대로 쓰입니다."""
    # imported here: they take seconds, and `show` and the help texts must not
    from index.search import build as building

    settings, corpus = load_corpus()
    embedder = building.embedder_or_none(settings)
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

        embedded = building.embed(settings, corpus, embedder, progress) if embedder else None
    del embedder  # its memory is needed now
    give_back_memory()
    _, manifest = building.learn_and_save(settings, corpus, embedded)
    counts = f"항 {manifest['passages']}개, 대표 질문 {manifest['questions']}개"
    made = f"색인을 만들었습니다: {counts}, 모델 {manifest['model'] or '없음(낱말만)'}"
    made += ", 벡터 그대로 {kept}개, 새로 {embedded}개, 버림 {dropped}개".format(**manifest["vectors"])
    typer.echo(json.dumps(manifest, ensure_ascii=False) if as_json else made)


def give_back_memory() -> None:
    """What was freed, to the system: the C library of Linux keeps 300 MB of the model otherwise."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's; musl keeps less
        if trim:
            trim(0)


@app.command()
def search(
    question: Annotated[str, typer.Argument(help="질문, 낱말, 또는 '7조 2항'")],
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="결과 수")] = 5,
    *,
    as_json: AsJson = False,
) -> None:
    """질문에 가까운 항을 찾습니다."""
    from index.search.build import open_search

    settings = load_index_settings()
    retriever = open_search(settings, load_editions(settings.data))
    for hit in retriever.find(question[:500], k):
        row = hit.passage.as_json() | {
            "clause": hit.passage.clause.as_json(),
            "score": round(hit.score, 4),
            "reasons": hit.reasons,
        }
        address = hit.passage.clause.name
        plain = f"{hit.score:.3f}  {address} ({hit.passage.article_title})  {hit.passage.quote}"
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else plain)


@app.command(name="zero-shot")
def zero_shot(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="SQuAD 형식의 파일(예: KorQuAD)")],
    *,
    as_json: AsJson = False,
) -> None:
    """대표 질문이 없는 글에서 얼마나 잘 찾는지 잽니다. 합친 점수가 어느 한쪽보다 낮으면 1로 끝납니다."""
    from index.evaluation import zero_shot as measuring
    from index.search.embedding import load_embedder, trained_differences

    found = measuring.read_reading_set(file)
    settings = load_index_settings()
    embedder = load_embedder(settings.embedding, settings.encoder, trained_differences(settings))
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
