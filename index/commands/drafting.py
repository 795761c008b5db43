"""`draft-questions`: curated questions proposed for a person to accept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from tqdm import tqdm

from index.commands.application import AsJson, app, load_corpus
from index.commands.looking import MIN_QUESTIONS
from index.drafting import as_markdown, draft, from_model, from_text, thin_clauses
from index.errors import YakgwanError

if TYPE_CHECKING:
    from index.drafting import Propose


@app.command(name="draft-questions")
def draft_questions(
    terms: Annotated[str, typer.Argument(help="약관의 이름(data/terms 아래 폴더)")],
    out: Annotated[Path | None, typer.Option(dir_okay=False, help="초안을 쓸 새 파일. 없으면 화면에 씁니다.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """대표 질문이 적은 항에 질문을 제안합니다. 골라서 data/questions에 옮기세요. BOT_MODEL이 있으면 함께 묻습니다."""
    settings, corpus = load_corpus()
    if all(passage.clause.terms != terms for passage in corpus.passages):
        raise YakgwanError(f"{terms}: 시행 중인 그런 약관이 없습니다.")
    proposals: list[Propose] = [from_text]
    if settings.model:
        from index.endpoint import open_model

        model = open_model(settings.model, settings.model_url, settings.model_key, settings.model_seconds)
        proposals.insert(0, from_model(lambda prompt: str(model.invoke(prompt).text)))
    passages = thin_clauses(corpus, terms, MIN_QUESTIONS)
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
