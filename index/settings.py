"""Where the data and the index are, which model embeds and which one writes: the settings that the index needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.env_file import ENCODING, bindings, faults_of, unknown_names
from index.errors import SettingsError
from index.setting_faults import PREFIX, checked, fault, lines_of

BUNDLED, EXACT = "bundled", "bundled-exact"
# what the bot's settings add: both read one file, and a name mistyped there is told by the index, too
OF_THE_BOT = """
    access_days address answers conversation_hours desk_host desk_hours desk_idle_minutes host hosts hours journal
    journal_days log max_characters max_citations max_history oidc_agents oidc_button oidc_client oidc_issuer
    oidc_managers oidc_name oidc_role oidc_scopes oidc_secret origins port queue queue_seconds rate ready_seconds
    request_days request_rate secret webhook webhook_secret
"""
_BUILD = re.compile(r"\.?[0-9a-f]{12}|CURRENT")  # what a build may replace (`index.snapshot`)


class IndexSettings(BaseSettings):
    """Read from the environment (``BOT_…``) and an ``.env`` file; frozen."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding=ENCODING, frozen=True, extra="ignore"
    )

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

    @field_validator("model")
    @classmethod
    def check_model(cls, value: str) -> str:
        """A provider and its model, or none."""
        return checked(_read_model, value)

    @field_validator("model_url")
    @classmethod
    def check_address(cls, value: str) -> str:
        """An address of the web, or none."""
        return checked(_read_address, value)

    @field_validator("data", "index", "encoder", mode="before")
    @classmethod
    def check_folder(cls, value: str | Path, info: ValidationInfo) -> Path:
        """A path at which there is no file."""
        return checked(lambda path: read_folder(path, f"{PREFIX}{str(info.field_name).upper()}"), value)

    @field_validator("differences", mode="before")
    @classmethod
    def check_file(cls, value: str | Path) -> Path:
        """A path at which there is no folder."""
        return checked(lambda path: read_file(path, "BOT_DIFFERENCES"), value)

    @model_validator(mode="after")
    def check_index(self) -> Self:
        """A build deletes the folders beside it that are no part of it: they must not be anybody's."""
        checked(_refuse_foreign, self)
        return self


S = TypeVar("S", bound=IndexSettings)


def load(kind: type[S]) -> S:
    """Read the settings of this kind once.

    Raises:
        SettingsError: values of the wrong type or range, names that there are not, or a file that cannot be read; a
            line for each names key and value.
    """
    name = kind.model_config.get("env_file")
    file = Path(name) if isinstance(name, str) else None
    try:
        read = bindings(file) if file else []
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"설정 파일 {file}: 읽을 수 없습니다. UTF-8로 저장한, 읽을 수 있는 파일이어야 합니다."
        ) from error
    faults = [*(faults_of(file, read) if file else ()), *unknown_names(read, known_names(kind))]
    settings = None
    try:
        settings = kind()
    except ValidationError as error:
        faults += lines_of(kind, error)
    if faults or settings is None:
        raise SettingsError(*faults)
    return settings


def load_index_settings() -> IndexSettings:
    """The settings of the index alone. Raises as `load`."""
    return load(IndexSettings)


def known_names(kind: type[IndexSettings]) -> set[str]:
    """The names that may be set, in upper case with their prefix: those of this kind and those of the bot."""
    return {f"{PREFIX}{name.upper()}" for name in (*kind.model_fields, *OF_THE_BOT.split())}


def read_folder(value: str | Path, setting: str) -> Path:
    """The path of a folder, which need not be there. Raises SettingsError: no path, or there is a file."""
    path = _read_path(value, setting)
    if path.is_file():
        raise fault(setting, value, "폴더의 이름이어야 하는데 그 자리에 파일이 있습니다.")
    return path


def read_file(value: str | Path, setting: str) -> Path:
    """The path of a file, which need not be there. Raises SettingsError: no path, or there is a folder."""
    path = _read_path(value, setting)
    if path.is_dir():
        raise fault(setting, value, "파일의 이름이어야 하는데 그 자리에 폴더가 있습니다.")
    return path


def _read_path(value: str | Path, setting: str) -> Path:
    text = str(value)
    if not text.strip() or "\0" in text:
        raise fault(setting, text, f"이름을 적거나 줄을 지우세요. 예: {setting}=var/이름")
    if text.startswith("~"):
        raise fault(setting, text, f"~는 쓸 수 없습니다. 전체 경로를 적으세요. 예: {setting}=/srv/yakgwan/이름")
    return Path(text)


def _read_model(value: str) -> str:
    if value and not re.fullmatch(r"\w{1,40}:\S{1,200}", value):
        raise fault("BOT_MODEL", value, "'제공자:모델'로 적으세요. 예: BOT_MODEL=openai:gpt-5-mini")
    return value


def _read_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is none, half an IPv6 address
        fits = False
    if value and (not fits or any(map(str.isspace, value))):
        raise fault("BOT_MODEL_URL", value, "https://…처럼 적으세요. 예: BOT_MODEL_URL=http://localhost:11434/v1")
    return value


def _refuse_foreign(settings: IndexSettings) -> None:
    root = settings.index.resolve()
    folders = (Path.cwd(), settings.data.resolve(), settings.encoder.resolve(), settings.differences.resolve().parent)
    advice = "색인만의 빈 폴더를 적으세요. 색인을 만들면 그 안의 다른 폴더는 지워집니다. 예: BOT_INDEX=var/index"
    if any(root == folder or root in folder.parents for folder in folders[:3]) or root in folders[3].parents:
        raise fault("BOT_INDEX", settings.index, advice)
    try:
        others = [path.name for path in root.iterdir() if path.is_dir() and not _BUILD.fullmatch(path.name)]
    except OSError:
        return  # it is not there, or told by whoever needs it
    if others:
        raise fault("BOT_INDEX", settings.index, f"다른 폴더({min(others)})가 들어 있습니다. {advice}")
