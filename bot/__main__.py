"""`python -m bot ask|eval|privacy|verifier|account|doctor|backup|restore`: the bot from the command line."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  # typer reads the annotations
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from tqdm import tqdm

from bot.account_commands import app as accounts
from bot.backup.backup import SQLITE, make_backup
from bot.backup.restore import restore_backup
from bot.batch import answer_all, answer_one, answer_timed, read_items
from bot.evaluation.ablation import write_ablation
from bot.evaluation.faithfulness import measure_faithfulness
from bot.evaluation.figures import EvalItem, falls_short, figures, read_floors, score_answer
from bot.evaluation.privacy import MarkedText, measure
from bot.evaluation.report import find_misses, write_report
from bot.evaluation.sets import describe
from bot.evaluation.verifier.making import make_cases
from bot.evaluation.verifier.measuring import judge, sample, summarise, table
from bot.evaluation.verifier.sources import read_sources
from bot.evaluation.verifier.written import Told, written_cases
from bot.korean import parse_day
from bot.service import Service
from bot.settings import Settings, load_settings
from bot.understand.question import Ask
from index.cli import make_app, run
from index.editions.library import load_editions
from index.errors import SettingsError
from index.passages import make_passages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.doctor.result import Checked
    from bot.evaluation.figures import ScoredAnswer

app = make_app("약관에 관한 질문에 조·항을 인용해 답합니다.")
app.add_typer(accounts, name="account")
README = Path("README.md")
MISS = "{id} {question!r:.72} 정답[{wanted}] 인용[{cited}] {status} p={confidence:.2f} ({failed})"


class Writing(StrEnum):
    """Who writes the answers that are measured."""

    QUOTE = "quote"
    MODEL = "model"


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
    writer: Annotated[
        Writing | None, typer.Option(help="누가 답을 쓰나: quote(원문 인용), model(BOT_MODEL); 없으면 설정대로")
    ] = None,
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
    typer.echo(describe(questions), err=True)
    settings = _written_by(writer, load_settings())
    if ablation:
        write_ablation(settings, items, README)
        return
    service = Service(settings)
    service.load()
    judged, found = _measure(service, items)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        for name, value in found.items():
            typer.echo(f"{name:40s} {value:.3f}")
    for miss in find_misses(judged) if misses else ():
        typer.echo(MISS.format(**miss), err=True)
    if report:
        write_report(judged, found, str(questions), report)
    short = falls_short(found, floors)
    if short:
        typer.echo("하한 미달: " + "; ".join(short), err=True)
        raise typer.Exit(1)


def _measure(service: Service, items: Sequence[EvalItem]) -> tuple[list[ScoredAnswer], dict[str, float]]:
    answers = [answer_timed(service, item.ask()) for item in tqdm(items, unit="질문", disable=None)]
    judged = [score_answer(item.model_dump(), line) for item, (_, line) in zip(items, answers, strict=True)]
    found = figures(judged)
    if service.settings.model:
        found |= measure_faithfulness((answer for answer, _ in answers), service.index().passages).figures()
    return judged, found


def _written_by(writer: Writing | None, settings: Settings) -> Settings:
    if writer is Writing.MODEL and not settings.model:
        raise typer.BadParameter("--writer model 은 설정 BOT_MODEL이 있어야 합니다. 예: BOT_MODEL=ollama:qwen3")
    return settings.model_copy(update={"model": ""}) if writer is Writing.QUOTE else settings


@app.command()
def privacy(
    texts: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="개인정보의 자리를 표시한 글(JSONL)")],
) -> None:
    """개인정보를 얼마나 찾아 가리는지 종류마다 잽니다."""
    for name, hits, count in measure(read_items(texts, MarkedText)):
        typer.echo(f"{name:16s} {hits:4d} / {count:4d}  {hits / count if count else 1:.3f}")


@app.command()
def verifier(
    documents: Annotated[
        list[Path] | None,
        typer.Option("--documents", exists=True, file_okay=False, help="다른 약관이 있는 폴더(여러 번)"),
    ] = None,
    written: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="사람이 적은 문장(JSONL: clause, text, faithful)")
    ] = None,
    most: Annotated[int, typer.Option(min=20, max=20_000, help="많아야 이만큼의 문장")] = 12_000,
    sample_size: Annotated[
        int, typer.Option("--sample", min=1, max=2_000, help="--out 에 적어 눈으로 볼 문장의 수")
    ] = 300,
    out: Annotated[Path | None, typer.Option(dir_okay=False, help="골라낸 문장을 쓸 파일(JSONL)")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """조항에서 한 가지만 바꾼 문장으로 검증이 얼마나 틀리는지 잽니다.

    문장 하나에 10 ms쯤이라 12,000문장에 2분쯤, --most 20,000 이어도 한가한 컴퓨터에서 5분 안에 끝납니다.
    """
    data = load_settings().data
    folders = [data / "terms", *(documents or ())]
    try:
        cases = make_cases((found for folder in folders for _, found in read_sources(folder)), most)
    except ImportError as error:
        raise SettingsError(f"패키지가 필요합니다. pip install '.[model]' ({error.name})") from error
    if written:
        cases += written_cases(read_items(written, Told), make_passages(load_editions(data)))
    judged = list(judge(tqdm(cases, unit="문장", disable=None)))
    report = summarise(judged)
    typer.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else "\n".join(table(report)))
    if out:
        lines = (json.dumps(line, ensure_ascii=False) for line in sample(judged, sample_size))
        out.write_text("\n".join(lines) + "\n", encoding="utf-8")


@app.command()
def doctor(*, as_json: AsJson = False) -> None:
    """설정, 약관, 색인, 모델, 기록, 서버의 자리를 살펴 잘못과 고칠 방법을 알립니다. 아무것도 바꾸지 않습니다.

    끝내는 값: 0(정상이거나 주의뿐), 1(잘못이 있음), 2(설정을 읽을 수 없음)
    """
    # imported here: the other commands need none of it
    from bot.doctor.reading import UNREADABLE, examine_settings
    from bot.doctor.result import summary

    settings, checked = examine_settings()
    for one in () if as_json else checked:
        typer.echo(one.line())
    code = UNREADABLE if settings is None else _examine(settings, checked, as_json=as_json)
    plain = {"code": code, "checks": [one.plain() for one in checked]}
    typer.echo(json.dumps(plain, ensure_ascii=False) if as_json else summary(checked))
    if code:
        raise typer.Exit(code)


def _examine(settings: Settings, checked: list[Checked], *, as_json: bool) -> int:
    """Add what the checks find to ``checked``, shown as it comes; the code to exit with."""
    from bot.doctor.checks import code_of, examine

    for one in examine(settings):
        checked.append(one)
        if not as_json:
            typer.echo(one.line())
    return code_of(checked)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="새로 쓸 파일, 예: yakgwan-2026-12-01.tar.gz")],
) -> None:
    """대화 기록, 약관과 대표 질문, 비밀이 아닌 설정을 파일 하나에 담습니다. 서버가 돌고 있어도 됩니다."""
    settings = load_settings()
    count = make_backup(settings, file)
    typer.echo(f"{file}: {count}개 파일을 담았습니다. 열쇠 파일({settings.secret})은 담지 않으니 따로 보관하세요.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="`backup`이 쓴 파일")],
    into: Annotated[Path, typer.Option("--into", file_okay=False, help="풀어 놓을 빈 폴더")],
) -> None:
    """백업을 빈 폴더에 풉니다. PostgreSQL의 대화 기록은 BOT_JOURNAL의 빈 데이터베이스에 넣습니다."""
    kind = restore_backup(load_settings(), file, into)
    journal = f", BOT_JOURNAL=sqlite:///{into.absolute()}/journal.db" if kind == SQLITE else ""
    typer.echo(f"풀었습니다. {into}/settings.env 를 보고 BOT_DATA={into}/data{journal} 로 시작하세요.")


if __name__ == "__main__":
    sys.exit(run(app, sys.argv[1:]))
