"""All settings of the bot: one frozen object, read once from the environment (``BOT_…``) or ``.env``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import NoDecode

from bot.opening_hours import read_hours
from bot.values.journal import read_journal
from bot.values.lists import read_list
from bot.values.openid import check_whole, read_issuer, read_scopes
from bot.values.rates import read_rate
from bot.values.sites import read_desk_host, read_hosts, read_listening, read_origin, read_origins
from bot.values.webhook import read_webhook
from index.setting_faults import PREFIX, checked
from index.settings import IndexSettings, load, read_file

if TYPE_CHECKING:
    from collections.abc import Callable


class Settings(IndexSettings):
    """Index settings and what the bot adds to them."""

    host: str = Field("127.0.0.1", description="서버 주소")
    port: int = Field(7860, ge=1, le=65535, description="서버 포트")
    max_characters: int = Field(500, ge=10, le=2000, description="질문의 최대 글자 수")
    max_history: int = Field(4, ge=0, le=20, description="이어 묻기에 쓰는 앞선 질문 수")
    max_citations: int = Field(4, ge=1, le=10, description="질문 하나에 인용하는 최대 항 수")
    ready_seconds: float = Field(120.0, gt=0, le=3600, description="모델이 준비될 때까지 질문이 기다리는 시간(초)")
    answers: int = Field(
        0, ge=0, le=256, description="한꺼번에 답하는 질문 수; 0이면 코어 수(언어 모델을 쓰면 그 네 곱)"
    )
    queue: int = Field(
        48, ge=0, le=1000, description="답할 차례를 기다리는 질문 수; 더 오면 잠시 뒤에 다시 물으라고 함"
    )
    queue_seconds: float = Field(1.5, ge=0, le=60, description="질문 하나가 차례를 기다리는 가장 긴 시간(초)")
    rate: str = Field("30/minute", description="주소 하나가 물을 수 있는 질문 수")
    request_rate: str = Field(
        "300/minute",
        description="주소 하나가 채팅과 MCP, 조문 화면, 데스크에 각각 보낼 수 있는 요청 수(질문 말고도 모두)",
    )
    address: str = Field(
        "", description="밖에서 부르는 주소, 예: https://bot.example.com. 검색 엔진에 알리는 주소 등에 씀"
    )
    desk_host: str = Field(
        "", description="상담 데스크만의 호스트 이름, 예: desk.example.com. 비우면 같은 이름의 /desk"
    )
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="MCP가 답하고 절대 주소에 쓰는 호스트 이름(프록시 뒤에서 쓸 때), 쉼표 사이에, 예: bot.example.com",
    )
    origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="위젯을 띄울 수 있는 사이트, 쉼표 사이에, 예: https://www.example.com"
    )
    log: Literal["text", "json"] = Field("text", description="로그의 모양: text(읽는 글) 또는 json(줄마다 JSON 하나)")
    journal: SecretStr = Field(
        SecretStr("sqlite:///var/journal.db"), description="대화 기록 데이터베이스(SQLAlchemy 주소)"
    )
    journal_days: int = Field(90, ge=1, le=3650, description="대화 기록을 보관하는 날 수")
    conversation_hours: int = Field(
        24,
        ge=0,
        le=720,
        description="손님의 브라우저가 대화를 이어 갈 수 있는 시간(마지막 질문부터); 0이면 새로 고칠 때 끝남",
    )
    request_days: int = Field(30, ge=1, le=3650, description="상담원에게 남긴 요청을 보관하는 날 수")
    hours: str = Field("", description="상담 시간(Asia/Seoul), 예: 월-금 09:00-18:00, 토 10:00-13:00")
    webhook: SecretStr = Field(
        SecretStr(""), description="남긴 요청을 알릴 주소(Slack과 같은 JSON); 비우면 알리지 않음"
    )
    webhook_secret: SecretStr = Field(SecretStr(""), description="알림에 서명하는 비밀; 비우면 서명하지 않음")
    desk_idle_minutes: int = Field(60, ge=5, le=1440, description="데스크를 쓰지 않으면 로그인이 끝나는 시간(분)")
    desk_hours: int = Field(12, ge=1, le=168, description="데스크의 로그인 하나가 가장 오래 가는 시간")
    access_days: int = Field(730, ge=1, le=3650, description="데스크의 접속기록을 보관하는 날 수")
    secret: Path = Field(Path("var/secret"), description="남긴 연락처를 암호화하는 열쇠 파일")
    oidc_issuer: str = Field(
        "",
        description="데스크의 회사 로그인(OpenID Connect): 발급자의 주소, 예: https://login.example.com/realms/company",
    )
    oidc_client: str = Field("", max_length=500, description="회사 로그인에 등록한 클라이언트의 이름(client ID)")
    oidc_secret: SecretStr = Field(SecretStr(""), description="그 클라이언트의 비밀(client secret)")
    oidc_scopes: str = Field("openid email profile", max_length=500, description="회사 로그인에 물어보는 범위(scope)")
    oidc_button: str = Field(
        "회사 계정으로 로그인", min_length=1, max_length=40, description="로그인 화면의 단추에 쓰는 말"
    )
    oidc_name: str = Field(
        "email", min_length=1, max_length=200, description="계정의 이름이 되는 클레임; email은 확인된 것만"
    )
    oidc_role: str = Field(
        "roles", min_length=1, max_length=200, description="권한을 알려 주는 클레임, 예: groups, realm_access.roles"
    )
    oidc_managers: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="그 클레임에 있으면 관리자인 값, 쉼표 사이에"
    )
    oidc_agents: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="그 클레임에 있으면 상담사인 값, 쉼표 사이에; 어느 쪽도 아니면 들어오지 못함"
    )

    @property
    def answers_at_once(self) -> int:
        """How many questions are answered at the same time; who writes with a language model mostly waits for it."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return self.answers or cores * (4 if self.model else 1)

    @field_validator("hosts", "origins", "oidc_managers", "oidc_agents", mode="before")
    @classmethod
    def split(cls, value: object, info: ValidationInfo) -> object:
        """A list as JSON or with commas between its entries."""
        name = str(info.field_name)
        return (
            checked(lambda text: read_list(text, f"{PREFIX}{name.upper()}"), value) if isinstance(value, str) else value
        )

    @field_validator("hosts")
    @classmethod
    def check_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Names of hosts."""
        return checked(read_hosts, value)

    @field_validator("origins")
    @classmethod
    def check_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Sites."""
        return checked(read_origins, value)

    @field_validator("host", "address", "desk_host", "rate", "request_rate", "hours", "oidc_issuer", "oidc_scopes")
    @classmethod
    def check_text(cls, value: str, info: ValidationInfo) -> str:
        """What its reader takes."""
        checked(_READERS[str(info.field_name)], value)
        return value

    @field_validator("journal", "webhook")
    @classmethod
    def check_secret(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        """What its reader takes; it does not show it."""
        checked(_READERS[str(info.field_name)], value.get_secret_value())
        return value

    @field_validator("secret", mode="before")
    @classmethod
    def check_key_file(cls, value: str | Path) -> Path:
        """A path at which there is no folder."""
        return checked(lambda path: read_file(path, "BOT_SECRET"), value)

    @model_validator(mode="after")
    def check_openid(self) -> Self:
        """The company's log-in, whole or not at all."""
        checked(_check_openid, self)
        return self


def _check_openid(settings: Settings) -> None:
    secret, roles = settings.oidc_secret.get_secret_value(), settings.oidc_managers or settings.oidc_agents
    needed = {
        "BOT_OIDC_ISSUER": settings.oidc_issuer,
        "BOT_OIDC_CLIENT": settings.oidc_client,
        "BOT_OIDC_SECRET": secret,
        "BOT_OIDC_MANAGERS나 BOT_OIDC_AGENTS": roles,
        "BOT_ADDRESS": settings.address or settings.desk_host,
    }
    check_whole(needed, settings.oidc_issuer or settings.oidc_client or secret or roles)


# each raises SettingsError for what it does not take
_READERS: dict[str, Callable[[str], object]] = {
    "host": read_listening,
    "address": lambda value: value and read_origin(value, "BOT_ADDRESS"),
    "desk_host": read_desk_host,
    "rate": lambda value: read_rate(value, "BOT_RATE"),
    "request_rate": lambda value: read_rate(value, "BOT_REQUEST_RATE"),
    "hours": read_hours,
    "oidc_issuer": read_issuer,
    "oidc_scopes": read_scopes,
    "journal": read_journal,
    "webhook": read_webhook,
}


def load_settings() -> Settings:
    """The settings of the whole bot. Raises SettingsError naming key and value, or a name that there is not."""
    return load(Settings)
