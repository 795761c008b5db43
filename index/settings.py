"""Where the data and the index are, which model embeds and which one writes: the settings that the index needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

import pydantic_settings
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import SettingsError

BUNDLED, EXACT = "bundled", "bundled-exact"


class IndexSettings(BaseSettings):
    """Read from the environment (``BOT_…``) and an ``.env`` file; frozen."""

    model_config = SettingsConfigDict(env_prefix="BOT_", env_file=".env", frozen=True, extra="ignore")

    data: Path = Field(Path("data"), description="약관과 대표 질문이 있는 폴더")
    index: Path = Field(Path("var/index"), description="색인을 저장하는 폴더")
    embedding: str = Field(
        BUNDLED,
        min_length=1,
        description='임베딩 모델: "bundled", "bundled-exact"(느리고 정확) 또는 sentence-transformers 모델의 이름·폴더',
    )
    encoder: Path = Field(Path("var/encoder"), description="함께 설치되는 임베딩 모델을 풀어 두는 폴더")
    differences: Path = Field(
        Path("data/encoder/differences.safetensors"),
        description="함께 쓰는 임베딩 모델을 훈련한 차이(`python -m index train`); 없으면 훈련하지 않은 모델",
    )
    subjects: Path = Field(
        Path("data/subjects"), description="여러 회사의 약관에 함께 있는 주제들: 대표 질문이 없는 약관에 쓰임"
    )
    model: str = Field("", description="답을 쓰는 언어 모델, 예: openai:gpt-5-mini, ollama:qwen3; 비우면 원문 인용만")
    model_url: str = Field("", description="언어 모델의 주소(OpenAI 호환 서버 등); 비우면 제공자의 기본 주소")
    model_key: SecretStr = Field(SecretStr(""), description="언어 모델의 키; 비우면 제공자의 환경 변수")
    model_seconds: float = Field(20.0, gt=0, le=300, description="언어 모델이 답을 마쳐야 하는 시간(초)")

    @field_validator("model_url")
    @classmethod
    def check_address(cls, value: str) -> str:
        """An address of the web, or none."""
        if value and not re.fullmatch(r"https?://[^\s/]+\S*", value):
            raise ValueError("https://…처럼 적으세요.")
        return value


S = TypeVar("S", bound=IndexSettings)


def load(kind: type[S]) -> S:
    """Read the settings of this kind once.

    Raises:
        SettingsError: a value of the wrong type or range; the message names key and value.
    """
    try:
        return kind()
    except pydantic_settings.SettingsError as error:
        # "error parsing value for field "origins" from source …": the value is of a list and no JSON
        field = next(iter(re.findall(r'"(\w+)"', str(error))), "")
        raise SettingsError(
            f"설정 BOT_{field.upper()}: JSON으로 적으세요. 예: BOT_{field.upper()}='[\"https://www.example.com\"]'"
        ) from None
    except ValidationError as error:
        first = error.errors()[0]
        key = "BOT_" + ".".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"설정 {key}={first['input']!r}: {first['msg']}") from error


def load_index_settings() -> IndexSettings:
    """The settings of the index alone. Raises as `load`."""
    return load(IndexSettings)
