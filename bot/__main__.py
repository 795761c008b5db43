"""`python -m bot ask|eval|password`: the bot from the command line."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  # typer reads the annotations
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from tqdm import tqdm

from bot.ablation import write_ablation
from bot.batch import answer_all, answer_one, read_items
from bot.dates import parse_day
from bot.evaluate import EvalItem, falls_short, figures, judge, read_floors
from bot.question import Ask
from bot.report import find_misses, write_report
from bot.service import Service
from bot.settings import load_settings
from index.cli import make_app, run

app = make_app("약관에 관한 질문에 조·항을 인용해 답합니다.")
README = Path("README.md")
MISS = "{id} {question!r:.72} 정답[{wanted}] 인용[{cited}] {status} p={confidence:.2f} ({failed})"
AsJson = Annotated[bool, typer.Option("--json", help="JSON으로 출력")]


def _day(text: str) -> dt.date:
    try:
        return parse_day(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="질문")] = None,
    history: Annotated[list[str] | None, typer.Option("--history", help="앞선 질문(여러 번, 오래된 것부터)")] = None,
    day: Annotated[
        dt.date | None,
        typer.Option(
            parser=_day, metavar="YYYY-MM-DD", help="이날의 약관으로 답하기(없으면 질문에서 읽고, 아니면 오늘)"
        ),
    ] = None,
    batch: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="질문 파일(JSONL)")] = None,
    out: Annotated[Path | None, typer.Option(dir_okay=False, help="답을 쓸 파일(JSONL)")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """질문 하나에, 또는 --batch 파일의 모든 질문에 답합니다."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("질문과 --batch 가운데 하나만 주세요.")
    if (batch is None) != (out is None):
        raise typer.BadParameter("--batch 와 --out 은 함께 씁니다.")
    service = Service(load_settings())
    if batch and out:
        answer_all(service, batch, out)
        return
    service.load()
    answer = answer_one(service, Ask(question or "", tuple(history or ()), day))
    typer.echo(json.dumps(answer, ensure_ascii=False) if as_json else answer["answer"])
    if answer["status"] == "error":
        raise typer.Exit(1)


@app.command(name="eval")
def evaluate(
    questions: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="정답이 있는 질문 파일(JSONL)")] = Path(
        "data/eval/dev.jsonl"
    ),
    floor: Annotated[list[str] | None, typer.Option("--min", help="하한, 예: answerable.right=0.85 (여러 번)")] = None,
    *,
    misses: Annotated[bool, typer.Option("--misses", help="틀린 질문을 보여 주기")] = False,
    report: Annotated[Path | None, typer.Option(file_okay=False, help="그림이 있는 보고서를 쓸 폴더")] = None,
    ablation: Annotated[
        bool, typer.Option("--ablation", help="부분을 하나씩 빼고 잰 표를 README.md에 쓰기(몇 분 걸림)")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """질문 파일로 품질을 재고, 하한에 못 미치면 1로 끝납니다."""
    try:
        floors = read_floors(floor or ())
    except ValueError as error:
        raise typer.BadParameter(f"--min 은 'answerable.right=0.85'처럼 씁니다: {error}") from error
    items = read_items(questions, EvalItem)
    settings = load_settings()
    if ablation:
        write_ablation(settings, items, README)
        return
    service = Service(settings)
    service.load()
    judged = [
        judge(item.model_dump(), answer_one(service, item.ask())) for item in tqdm(items, unit="질문", disable=None)
    ]
    found = figures(judged)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        for name, value in found.items():
            typer.echo(f"{name:40s} {value:.3f}")
    for miss in find_misses(judged) if misses else ():
        typer.echo(MISS.format(**miss), err=True)
    if report:
        write_report(judged, str(questions), report)
    short = falls_short(found, floors)
    if short:
        typer.echo("하한 미달: " + "; ".join(short), err=True)
        raise typer.Exit(1)


@app.command()
def password() -> None:
    """상담 데스크의 비밀번호를 정합니다. 해시만 보여 주며, 그 줄을 .env 에 넣고 다시 시작하면 데스크가 열립니다."""
    # imported here: the other commands need no web application
    from bot.web.desk.password import hash_password

    hashed = hash_password(typer.prompt("새 비밀번호", hide_input=True, confirmation_prompt="한 번 더"))
    typer.echo(f"BOT_DESK_PASSWORD='{hashed}'")


if __name__ == "__main__":
    sys.exit(run(app, sys.argv[1:]))
