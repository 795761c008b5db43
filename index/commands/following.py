"""`follow`: curated questions taken over into the edition in force."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from index.anchoring import Anchors
from index.commands.application import AsJson, app
from index.editions import load_editions
from index.errors import YakgwanError
from index.naming import clause_name
from index.rewriting import REVIEW, recover, rewrite
from index.settings import load_index_settings


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
            where = (
                clause_name(question.clauses[0].article, question.clauses[0].paragraph)
                if question.clauses
                else "범위 밖"
            )
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
