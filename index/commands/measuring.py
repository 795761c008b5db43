"""`zero-shot`: how well is found what nobody curated questions for."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from tqdm import tqdm

from index.commands.application import AsJson, app
from index.settings import load_index_settings


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
    settings = load_index_settings()
    embedder = load_embedder(settings.embedding, settings.encoder)
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
