"""Nothing of a client comes into a log as it is, whichever library writes it."""

from __future__ import annotations

import io
import logging
import traceback
from contextlib import redirect_stderr
from typing import TYPE_CHECKING, cast

import pytest
from pydantic import BaseModel, ValidationError
from support.pages import open_client

from bot.masked_log import MaskedStream, masked

if TYPE_CHECKING:
    from typing import TextIO

    from bot.service import Service

TYPED = "제 번호는 010-0000-9999"


class Shape(BaseModel):
    number: int


def test_a_value_that_did_not_fit_is_not_logged() -> None:
    with pytest.raises(ValidationError) as raised:
        Shape.model_validate({"number": TYPED})
    told = "".join(traceback.format_exception(raised.value))
    assert "9999" in told  # what pydantic would have printed
    assert "9999" not in masked(told)
    assert "제 번호는" not in masked(told)
    assert "int_parsing" in masked(told)


def test_a_logger_writes_no_personal_data() -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(cast("TextIO", MaskedStream(written)))
    log = logging.Logger("example")
    log.addHandler(handler)
    log.error("failed for %s at 10.2 ms", TYPED)
    assert written.getvalue() == "failed for 제 번호는 [전화번호] at 10.2 ms\n"


def test_a_malformed_chat_value_is_not_printed(shop_service: Service) -> None:
    shop_service.load()
    written = io.StringIO()
    value = [{"role": TYPED, "content": {"wrong": TYPED}}]
    body = {"fn_index": 0, "trigger_id": 14, "session_hash": "0123456789ab", "data": [{"x": TYPED}, value, None]}
    with redirect_stderr(cast("TextIO", MaskedStream(written))):
        client = open_client(shop_service)
        for path in ("/gradio_api/queue/join", "/gradio_api/run/predict", "/api/ask"):
            client.post(path, json=body)
    assert "9999" not in written.getvalue()
