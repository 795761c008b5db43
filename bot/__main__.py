"""`python -m bot ask|eval`: the bot from the command line."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.evaluate import Judged, falls_short, figures, judge
from bot.question import Ask
from bot.service import Service
from bot.settings import load_settings
from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Iterator

app = typer.Typer(help="약관에 관한 질문에 조·항을 인용해 답합니다.", no_args_is_help=True, add_completion=False)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="질문")] = None,
    history: Annotated[list[str] | None, typer.Option("--history", help="앞선 질문(여러 번, 오래된 것부터)")] = None,
    batch: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="질문 파일(JSONL)")] = None,
    out: Annotated[Path | None, typer.Option(dir_okay=False, help="답을 쓸 파일(JSONL)")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력")] = False,
) -> None:
    """질문 하나에, 또는 --batch 파일의 모든 질문에 답합니다."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("질문과 --batch 가운데 하나만 주세요.")
    if (batch is None) != (out is None):
        raise typer.BadParameter("--batch 와 --out 은 함께 씁니다.")
    service = Service(load_settings())
    service.load()
    if batch and out:
        answer_all(service, batch, out)
        return
    answer = answer_one(service, {"question": question, "history": history or []})
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
    as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력")] = False,
) -> None:
    """질문 파일로 품질을 재고, 하한에 못 미치면 1로 끝납니다."""
    service = Service(load_settings())
    service.load()
    items = list(read_questions(questions))
    judged = [judge(item, answer_one(service, item)) for item in items]
    found = figures(judged)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        for name, value in found.items():
            typer.echo(f"{name:40s} {value:.3f}")
    for one in judged if misses else ():
        if not all(one.verdicts.values()):
            typer.echo(_miss(one), err=True)
    short = falls_short(found, floor or ())
    if short:
        sys.exit("하한 미달: " + "; ".join(short))


def _miss(one: Judged) -> str:
    cited = " ".join(f"{c['article']}.{c['paragraph']}" for c in one.answer["citations"])
    wanted = " ".join(one.item["clauses"])
    failed = ",".join(name for name, holds in one.verdicts.items() if not holds)
    return (
        f"{one.item['id']} {one.item['question'][:70]!r} 정답[{wanted}] 인용[{cited}] "
        f"{one.answer['status']} p={one.answer['confidence']:.2f} ({failed})"
    )


def answer_all(service: Service, batch: Path, out: Path) -> None:
    """Answer the lines of ``batch`` in order into ``out``, which appears when it is complete."""
    aside = out.with_name(f".{out.name}.part")
    with aside.open("w", encoding="utf-8") as file:
        for item in read_questions(batch):
            answer = {"id": item.get("id")} | answer_one(service, item)
            file.write(json.dumps(answer, ensure_ascii=False) + "\n")
    aside.replace(out)


def answer_one(service: Service, item: dict[str, Any]) -> dict[str, Any]:
    """One line of the batch contract, without its id."""
    started = perf_counter()
    text = str(item.get("question") or "")
    if repeat := (item.get("gen") or {}).get("repeat"):
        text = str(repeat[0]) * int(repeat[1])
    answer = service.ask(Ask(text, tuple(str(h) for h in item.get("history") or ())))
    return answer.as_json() | {"elapsed_ms": round((perf_counter() - started) * 1000, 3)}


def read_questions(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file. Raises YakgwanError with file and line if one cannot be read."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                item = json.loads(line)
            except ValueError as error:
                raise YakgwanError(f"{path}:{number}: JSON이 아닙니다.") from error
            if not isinstance(item, dict):
                raise YakgwanError(f"{path}:{number}: JSON 객체가 아닙니다.")
            yield item


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    try:
        app()
    except YakgwanError as error:
        sys.exit(f"오류: {error}")
