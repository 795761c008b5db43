"""What is said in Korean where a request finds no address, or has the wrong form; the same for customers and agents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_ADDRESS = "그런 주소가 없습니다."
MISFIT = "값이 형식에 맞지 않습니다"
KOREAN = {  # what Starlette and FastAPI say: what is shown
    "Not Found": NO_ADDRESS,
    "Method Not Allowed": "이 주소에서는 쓸 수 없는 요청입니다.",
    "There was an error parsing the body": "요청을 읽을 수 없습니다.",
}


def in_korean(detail: str) -> str:
    """What is shown for the ``detail`` of a fault: our own words as they are."""
    return KOREAN.get(detail, detail)


def own_words(fault: Mapping[str, Any]) -> str:
    """What one of our own validators says of a value that does not fit, "" if another one refused it."""
    own = fault.get("ctx", {}).get("error")
    return str(own) if fault["type"] == "value_error" and own else ""
