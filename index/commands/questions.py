"""`follow` and `draft-questions`: curated questions taken over into the edition in force, or proposed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from tqdm import tqdm

from index.commands.program import AsJson, app, load_corpus
from index.commands.subjects import questions_of_subjects
from index.editions.library import load_editions
from index.errors import YakgwanError
from index.question_form import WEIGHTS, write_weights
from index.questions.asked import load_asked
from index.questions.drafting import as_markdown, draft, from_model, from_subjects, from_text, thin_clauses
from index.questions.findings import MIN_QUESTIONS
from index.questions.following import Anchors
from index.questions.rewriting import REVIEW, recover, rewrite
from index.settings import load_index_settings

if TYPE_CHECKING:
    from index.questions.drafting import Propose


@app.command()
def follow(
    terms: Annotated[str, typer.Argument(help="약관의 이름(data/terms 아래 폴더)")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="무엇이 어떻게 되는지 보여 주기만 하기")] = False,
    as_json: AsJson = False,
) -> None:
    """대표 질문과 연락처 조항의 번호를 시행 중인 판에 맞추어 고쳐 씁니다. 살펴볼 질문은 따로 적어 둡니다."""
    settings = load_index_settings()
    edition = next((one for one in load_editions(settings.data) if one.name == terms), None)
    if edition is None:
        raise YakgwanError(f"{terms}: 시행 중인 그런 약관이 없습니다.")
    anchors = Anchors(settings.data)
    recover(settings.data, anchors.library.folder(terms))
    anchor, found = anchors.edition(edition), anchors.follow(edition)
    counts = {name: len(getattr(found, name)) for name in ("kept", "changed", "lost", "unsettled")}
    if as_json:
        listed = [
            {"question": q.text, "clauses": [[c.article, c.paragraph] for c in q.clauses]} for q in found.to_review
        ]
        typer.echo(
            json.dumps({"from": anchor.date, "to": edition.date, **counts, "to_review": listed}, ensure_ascii=False)
        )
    else:
        typer.echo(
            "{from} → {to}: 그대로 {kept}개, 바뀐 항 {changed}개, 없어진 항 {lost}개".format(
                **{"from": anchor.date, "to": edition.date}, **counts
            )
        )
        for question in found.to_review:
            where = question.clauses[0].name if question.clauses else "범위 밖"
            typer.echo(f"  {where}: {question.text}")
    if dry_run:
        return
    if not anchors.named(terms) or anchor is not edition:
        rewrite(settings.data, anchors.library.folder(terms), anchor, edition, found)
        typer.echo(
            f"고쳐 썼습니다. 살펴볼 질문: {settings.data / 'questions' / terms / REVIEW / edition.date}.md", err=True
        )
    else:
        typer.echo("이미 시행 중인 판을 따르고 있습니다.", err=True)


@app.command(name="draft-questions")
def draft_questions(
    terms: Annotated[str, typer.Argument(help="약관의 이름(data/terms 아래 폴더)")],
    out: Annotated[Path | None, typer.Option(dir_okay=False, help="초안을 쓸 새 파일. 없으면 화면에 씁니다.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """대표 질문이 적은 항에 질문을 제안합니다. 골라서 data/questions에 옮기세요.

    다른 회사의 약관에도 있는 주제이면 사람들이 어떻게 묻는지가 먼저 오고, BOT_MODEL이 있으면 그 모델에게도 묻습니다.
    """
    settings, corpus = load_corpus()
    if all(passage.clause.document != terms for passage in corpus.passages):
        raise YakgwanError(f"{terms}: 시행 중인 그런 약관이 없습니다.")
    proposals: list[Propose] = [from_text]
    if settings.model:
        from index.chat_model import open_model

        model = open_model(settings.model, settings.model_url, settings.model_key, settings.model_seconds)
        proposals.insert(0, from_model(lambda prompt: str(model.invoke(prompt).text)))
    passages = thin_clauses(corpus, terms, MIN_QUESTIONS)
    proposals.insert(0, from_subjects(questions_of_subjects(settings, [passage.text for passage in passages])))
    asked = tqdm(passages, desc="제안", unit="항", disable=None if settings.model else True)
    drafts = draft(asked, (question.text for question in corpus.questions), proposals)
    if as_json:
        rows = [{"article": c.article, "paragraph": c.paragraph, "questions": texts} for c, texts in drafts.items()]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    text = "\n".join(as_markdown(drafts, passages))
    if out is None:
        typer.echo(text)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text + "\n")
    except FileExistsError as error:
        raise YakgwanError(f"{out}: 이미 있는 파일에는 쓰지 않습니다. 다른 이름을 정해 주세요.") from error
    except OSError as error:
        raise YakgwanError(f"{out}: 쓸 수 없습니다: {error.strerror}") from error


@app.command(name="learn-yes-no")
def learn_yes_no(
    out: Annotated[Path, typer.Option(dir_okay=False, help="무게를 적을 파일")] = WEIGHTS,
    *,
    measure: Annotated[bool, typer.Option("--measure", help="조를 하나씩 빼고 재기만 하기")] = False,
) -> None:
    """data/asked의 질문에서 예·아니요를 묻는 말의 꼴을 배웁니다. 조를 빼고 배워 얼마나 맞는지도 알려 줍니다."""
    from index.questions.yes_no import Learner, samples

    data = load_index_settings().data
    folders = sorted((data / "asked").glob("*"))
    learner = Learner(samples(question for folder in folders for question in load_asked(data, folder.name)))
    found = learner.measure()
    typer.echo(
        f"빼고 배운 조의 질문 {found.questions}개: 재현율 {found.recall:.3f}, 정밀도 {found.precision:.3f}"
        f" (값을 예·아니요 꼴로 물은 것을 빼면 {found.precision_of_form:.3f})"
    )
    if not measure:
        weights = learner.weights()
        write_weights(out, weights)
        typer.echo(f"{out}: 무게 {len(weights)}개를 적었습니다.")
