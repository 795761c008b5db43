"""`make test-model`: the whole bot with a real small language model, which invents constantly.

    python tests/support/model_run.py QUESTIONS.jsonl [how many]

Prints what the model said and what became of it; ends with 1 if a shown sentence has a number that its clauses lack,
if the answers cite other clauses than without the model, or if one of them failed or came too late.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bot.answer import Outcome, Status
from bot.batch import Item, read_items
from bot.service import Service
from bot.settings import Settings
from support.model_server import fetch_model, serve_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answer import Answer

SECONDS = 60.0  # limit of an answer: one thread of a busy machine
GRACE = 5.0  # seconds of the search and of the verification beside it


def main(questions: Path, limit: int) -> int:
    """The number of complaints about the first ``limit`` questions."""
    server, url = serve_model(fetch_model())
    quoting = Service(Settings(_env_file=None, model=""))
    written = Service(Settings(_env_file=None, model="openai:small", model_url=url, model_seconds=SECONDS))
    for service in (quoting, written):
        service.load()
    found, sentences, shown = 0, 0, 0
    for item in read_items(questions, Item)[:limit]:
        started = perf_counter()
        answer = written.ask(item.ask())
        seconds = perf_counter() - started
        sentences += len(answer.checks)
        shown += sum(check.outcome is Outcome.KEPT for check in answer.checks)
        said = [check.as_json() for check in answer.checks]
        told = {"question": item.question, "shown": answer.text, "checks": said, "seconds": round(seconds, 1)}
        _say(json.dumps(told, ensure_ascii=False, indent=1))
        for complaint in complaints(answer, quoting.ask(item.ask()), seconds):
            found += 1
            _say(f"!! {complaint}")
    _say(f"문장 {sentences}개 가운데 {shown}개를 보였고, 잘못은 {found}개입니다.")
    del server
    return found


def complaints(answer: Answer, quoted: Answer, seconds: float) -> Iterator[str]:
    """What is wrong with an answer, judged by other means than the verifier's: by the bare digits."""
    if answer.status is Status.ERROR or not answer.text.strip():
        yield f"답이 없습니다: {answer.status}"
    if seconds > SECONDS + GRACE:
        yield f"{seconds:.0f}초나 걸렸습니다."
    if (answer.status, answer.citations) != (quoted.status, quoted.citations):
        yield "모델이 없을 때와 다른 조항을 인용합니다."
    quotes = {citation.clause: citation.quote for citation in answer.citations}
    for check in answer.checks:
        if check.outcome is Outcome.KEPT:
            cited = "".join(quotes.get(clause, "") for clause in check.clauses)
            if lacking := set(re.findall(r"\d+", check.text)) - set(re.findall(r"\d+", cited)):
                yield f"조항에 없는 수 {lacking}: {check.text}"


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(min(1, main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10)))
