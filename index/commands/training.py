"""`train`: the bundled encoder learns from the curated questions."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from tqdm import tqdm

from index.commands.program import app, load_corpus
from index.errors import StoreError

PLACE = Path("var/training")
EVERY = 10  # steps between two points of the curve


@app.command()
def train(
    steps: Annotated[int, typer.Option(min=1, max=20_000, help="걸음 수(한 걸음에 2코어로 2초쯤)")] = 350,
    seed: Annotated[int, typer.Option(help="무작위의 씨앗")] = 0,
    out: Annotated[Path | None, typer.Option(help="차이를 적을 파일; 비우면 BOT_DIFFERENCES")] = None,
) -> None:
    """함께 쓰는 임베딩 모델을 대표 질문으로 훈련합니다(선택, 2코어로 15분쯤). 끊기면 다시 실행해 이어서 합니다.

    여덟 묶음에 하나쯤은 훈련하지 않고 남겨 두고 잽니다. 훈련한 뒤에는 색인을 다시 만듭니다.
    """
    # imported here: they take seconds, and the help texts must not
    from index.encoder.differences import Differences, write_differences
    from index.encoder.folder import PROMPTS, open_folder
    from index.encoder.model import OnnxModel
    from index.encoder.weights import find_weights, read_weights
    from index.questions.subjects import load_subjects
    from index.training.batches import Batches
    from index.training.held_back import held_back
    from index.training.measure import measure
    from index.training.network import LOWER, Layers, lower_states
    from index.training.subject_batches import SubjectBatches, SubjectTexts
    from index.training.training import Draws, Plan
    from index.training.training import train as learn

    settings, corpus = load_corpus()
    weights = read_weights(find_weights())
    held = held_back(corpus.questions)
    texts = [question.text for question in corpus.questions]
    subjects = SubjectTexts.of(load_subjects(settings.subjects))
    typer.echo(f"대표 질문 {len(texts):,}개 가운데 {int((~held).sum()):,}개로 훈련합니다.", err=True)
    cutter = OnnxModel(open_folder(PLACE / "encoder", "int8", Differences()))
    states = lower_states(
        weights,
        [
            *(cutter.windows(PROMPTS["query"] + text)[0] for text in texts),
            *(cutter.windows(PROMPTS["document"] + passage.text)[0] for passage in corpus.passages),
            *(cutter.windows(PROMPTS["query"] + text)[0] for text in subjects.queries),
            *(cutter.windows(PROMPTS["document"] + text)[0] for text in subjects.passages),
        ],
    )
    before = measure(corpus, Layers(weights, range(LOWER, weights.sizes.layers)).vectors(states[: len(texts)]), held)
    typer.echo(f"훈련 전, 남겨 둔 질문: {before.line}", err=True)
    plan = Plan(steps, seed, f"{corpus.digest}+{subjects.digest}")
    curve: list[tuple[int, float]] = []
    with tqdm(total=steps, desc="훈련", unit="걸음", file=sys.stderr) as bar:

        def progress(step: int, loss: float) -> None:
            bar.update(step - bar.n)
            bar.set_postfix(loss=f"{loss:.2f}")
            if step % EVERY == 0:
                curve.append((step, loss))

        try:
            batches: list[Draws] = [Batches(corpus, ~held, seed)]
            if subjects.queries:
                batches.append(SubjectBatches(subjects, len(texts) + len(corpus.passages), seed))
            layers = learn(weights, states, batches, plan, PLACE / "unfinished.safetensors", progress)
        except OSError as error:
            raise StoreError(f"{PLACE}: 훈련을 저장할 수 없습니다: {error.strerror}") from error
    after = measure(corpus, layers.vectors(states[: len(texts)]), held)
    typer.echo(f"훈련 뒤, 남겨 둔 질문: {after.line}", err=True)
    figures = {"before": asdict(before), "after": asdict(after)}
    path = out or settings.differences
    try:
        write_differences(path, layers.learnt(), plan.recipe | {"held_back": figures})
        _write_curve(PLACE / "curve.csv", curve)
    except OSError as error:
        raise StoreError(f"{path}: 저장할 수 없습니다: {error.strerror}") from error
    typer.echo(f"{path}: {path.stat().st_size / 1e6:.1f} MB. 다음에 색인을 만들 때 쓰입니다.")


def _write_curve(path: Path, curve: list[tuple[int, float]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("step", "loss"), *curve])
