"""Where the data and the index are and which model embeds: the part of the settings that the index needs."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import SettingsError

BUNDLED = "bundled"


class IndexSettings(BaseSettings):
    """Read from the environment (``BOT_…``) and an ``.env`` file; frozen."""

    model_config = SettingsConfigDict(env_prefix="BOT_", env_file=".env", frozen=True, extra="ignore")

    data: Path = Field(Path("data"), description="약관과 대표 질문이 있는 폴더")
    index: Path = Field(Path("var/index"), description="색인을 저장하는 폴더")
    embedding: str = Field(
        BUNDLED,
        min_length=1,
        description='임베딩 모델: "bundled" 또는 sentence-transformers 모델 이름이나 폴더',
    )


S = TypeVar("S", bound=IndexSettings)


def load(kind: type[S]) -> S:
    """Read the settings of this kind once.

    Raises:
        SettingsError: a value of the wrong type or range; the message names key and value.
    """
    try:
        return kind()
    except ValidationError as error:
        first = error.errors()[0]
        key = "BOT_" + ".".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"설정 {key}={first['input']!r}: {first['msg']}") from error


def load_index_settings() -> IndexSettings:
    """The settings of the index alone. Raises as `load`."""
    return load(IndexSettings)
