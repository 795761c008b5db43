"""What is wrong with a setting, in one Korean line that names the setting, its value unless secret, and an example."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from annotated_types import Ge, Gt, Le, Lt
from pydantic import SecretStr
from pydantic_core import PydanticCustomError

from index.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import ValidationError
    from pydantic.fields import FieldInfo
    from pydantic_settings import BaseSettings

PREFIX = "BOT_"
LONGEST = 80  # characters of a value that are shown
_OWN = "setting"  # the kind of a fault that brings its own line
_LOGIN = re.compile(r"//[^/@:\s]*:[^/@\s]*@")  # with a password, in an address

V = TypeVar("V")
R = TypeVar("R")


def shown(value: object) -> str:
    """A value as it is shown in a line: never long, never with control characters or the login of an address."""
    text = _LOGIN.sub("//…@", str(value))
    return repr(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def fault(setting: str, value: object, advice: str) -> SettingsError:
    """The error of a setting (its whole name) with a value that may be shown."""
    return SettingsError(f"설정 {setting}={shown(value)}: {advice}")


def checked(read: Callable[[V], R], value: V) -> R:
    """``read(value)``; its SettingsError becomes one that pydantic collects with those of other settings."""
    try:
        return read(value)
    except SettingsError as error:
        raise PydanticCustomError(_OWN, "{told}", {"told": str(error)}) from None


def lines_of(kind: type[BaseSettings], error: ValidationError) -> list[str]:
    """A line for each fault that pydantic found."""
    lines = []
    for found in error.errors(include_url=False):
        if found["type"] == _OWN:
            lines.append(found["msg"])
            continue
        name = str(found["loc"][0]) if found["loc"] else ""
        lines.append(_line(name, kind.model_fields[name], found["input"]))
    return lines


def _line(name: str, field: FieldInfo, value: object) -> str:
    setting = f"{PREFIX}{name.upper()}"
    if field.annotation is SecretStr:
        return f"설정 {setting}: 글로 적으세요."
    if field.annotation in (int, float):
        return str(fault(setting, value, f"{_range(field)} 적으세요. 예: {setting}={field.default}"))
    return str(fault(setting, value, f"값이 맞지 않습니다. 예: {setting}={field.default or '…'}"))


def _range(field: FieldInfo) -> str:
    """ "1부터 65535까지의 정수를", "0보다 크고 300 이하인 수를"."""
    what = "정수를" if field.annotation is int else "수를"
    above = next((f"{_plain(m.gt)}보다 크고" for m in field.metadata if isinstance(m, Gt)), "")
    least = next((f"{_plain(m.ge)}부터" for m in field.metadata if isinstance(m, Ge)), "")
    most = next((_plain(m.le) for m in field.metadata if isinstance(m, Le)), "")
    below = next((_plain(m.lt) for m in field.metadata if isinstance(m, Lt)), "")
    if above or below:
        return " ".join(filter(None, [above, below and f"{below} 미만인", most and f"{most} 이하인", what]))
    return " ".join(filter(None, [least, most and f"{most}까지의", what]))


def _plain(bound: object) -> str:
    return f"{bound:g}" if isinstance(bound, float) else str(bound)
