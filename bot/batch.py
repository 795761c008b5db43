"""Question files (JSONL) → answers: the batch of `python -m bot ask`, and what `python -m bot eval` reads."""

from __future__ import annotations

import codecs
import datetime as dt
import json
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot.korean import parse_day
from bot.understand.question import Ask
from index.errors import YakgwanError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.answer import Answer
    from bot.service import Service


class Generated(BaseModel):
    """A question too long to write down: ``repeat`` is a text and how often it stands in the question."""

    repeat: tuple[str, Annotated[int, Field(ge=0, le=10_000_000)]] | None = None


class Item(BaseModel):
    """One line of a question file. Other keys are ignored; the ``id`` is given back as it came."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: Any = None
    question: str | None = None
    history: tuple[str, ...] | None = None
    gen: Generated | None = None
    day: dt.date | None = None

    @field_validator("day", mode="before")
    @classmethod
    def read_day(cls, value: object) -> object:
        """A day as ISO writes it; a number would pass for one of 1970."""
        return None if value is None else parse_day(str(value))

    def ask(self) -> Ask:
        """What this line asks."""
        text = self.question or ""
        if self.gen and self.gen.repeat:
            piece, times = self.gen.repeat
            text = piece * times
        return Ask(text, self.history or (), self.day)


ItemKind = TypeVar("ItemKind", bound=BaseModel)


def read_items(path: Path, kind: type[ItemKind]) -> list[ItemKind]:
    """The lines of a JSONL file.

    Raises:
        YakgwanError: one of them cannot be read; the message begins with ``file:line``.
    """
    lines = path.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n")
    return [_read(line, kind, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def answer_all(service: Service, batch: Path, out: Path) -> None:
    """Answer the lines of ``batch`` in order into ``out``, which appears when it is complete.

    Raises:
        YakgwanError: before anything is loaded: a malformed line, no folder for ``out``; later: it cannot be written.
    """
    items = read_items(batch, Item)
    if not out.parent.is_dir():
        raise YakgwanError(f"{out}: 답을 쓸 폴더가 없습니다.")
    service.load()
    aside = out.with_name(f".{out.name}.part")
    try:
        with aside.open("w", encoding="utf-8") as file:
            file.writelines(_lines(service, items))
        aside.replace(out)
    except OSError as error:
        raise YakgwanError(f"{out}: 답을 쓸 수 없습니다: {error.strerror}") from error
    finally:
        aside.unlink(missing_ok=True)


def answer_one(service: Service, ask: Ask) -> dict[str, Any]:
    """One line of the batch contract, without its id."""
    _, line = answer_timed(service, ask)
    return line


def answer_timed(service: Service, ask: Ask) -> tuple[Answer, dict[str, Any]]:
    """An answer, and the same as `answer_one` gives it."""
    started = perf_counter()
    answer = service.ask(ask)
    return answer, answer.as_json() | {"elapsed_ms": round((perf_counter() - started) * 1000, 3)}


def _lines(service: Service, items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        yield json.dumps({"id": item.id} | answer_one(service, item.ask()), ensure_ascii=False) + "\n"


def _read(line: bytes, kind: type[ItemKind], where: str) -> ItemKind:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        raise YakgwanError(f"{where}: {_explain(error)}") from error


def _explain(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    if first["type"] == "json_invalid":
        return "JSON이 아닙니다."
    if not first["loc"]:
        return "JSON 객체가 아닙니다."
    key = ".".join(str(part) for part in first["loc"])
    return (
        f"{key}: 빠졌습니다." if first["type"] == "missing" else f"{key}의 값을 쓸 수 없습니다: {first['input']!r:.60}"
    )
