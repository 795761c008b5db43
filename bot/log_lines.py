"""How the lines of the log look: readable, or each an object of JSON. What is told in words is masked here."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.masked_log import masked

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = "fields"  # attribute of a record: its figures and names, none of which a person wrote


class Readable(logging.Formatter):
    """Time, level, place, and what happened; the figures behind it as ``name=value``."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        record.message = " ".join([masked(record.message), *(f"{k}={v}" for k, v in _flat(_fields(record)).items())])
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:  # noqa: N802  # logging's name
        return masked(super().formatException(ei))  # type: ignore[arg-type]  # as logging gives it


class Json(logging.Formatter):
    """One object a line: ``time`` (UTC), ``level``, ``logger``, ``message``, the figures, and ``exception`` if any."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
            **_fields(record),
        }
        if record.exc_info:
            line["exception"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


FORMS = {"text": Readable, "json": Json}


def set_up_logging(form: str) -> None:
    """From now on all loggers write to standard error in one of `FORMS`, from INFO on."""
    handler = logging.StreamHandler(sys.__stderr__)  # past the guard: what has to be masked is masked
    handler.setFormatter(FORMS[form]())
    logging.basicConfig(level=logging.INFO, handlers=[handler])


def _fields(record: logging.LogRecord) -> Mapping[str, object]:
    return getattr(record, FIELDS, {})


def _flat(fields: Mapping[str, object]) -> dict[str, object]:
    """Those within one beside the others."""
    flat: dict[str, object] = {}
    for name, value in fields.items():
        flat |= _flat(value) if isinstance(value, dict) else {name: value}
    return flat
