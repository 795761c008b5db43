"""Settings → a LangChain chat model. The providers are extras, imported only when one is configured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langchain.chat_models import init_chat_model

from index.errors import SettingsError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from pydantic import SecretStr

MAX_TOKENS = 800
NO_KEY = "none"  # what a server of one's own gets: never the provider's key out of the environment


def open_model(name: str, url: str, key: SecretStr, seconds: float) -> BaseChatModel:
    """The model ``name`` ("openai:gpt-5-mini"). ``seconds``: limit of one request.

    Raises:
        SettingsError: no provider is named, its package is missing, or it refuses the settings. Never shows the key.
    """
    provider, _, model = name.partition(":")
    if not model:
        raise SettingsError(f"설정 BOT_MODEL={name!r}: '제공자:모델'로 씁니다. 예: openai:gpt-5-mini")
    try:
        opened: BaseChatModel = init_chat_model(
            model, model_provider=provider, **_options(provider, url, key.get_secret_value(), seconds)
        )
    except ImportError as error:
        package = f"langchain-{provider.replace('_', '-')}"
        raise SettingsError(f"설정 BOT_MODEL={name!r}: 패키지가 필요합니다. pip install {package}") from error
    except Exception as error:  # noqa: BLE001  # each provider has its own errors, and their text may hold the key
        raise SettingsError(f"설정 BOT_MODEL={name!r}: 모델을 열 수 없습니다({type(error).__name__}).") from None
    return opened


def _options(provider: str, url: str, key: str, seconds: float) -> dict[str, Any]:
    where = {"base_url": url} if url else {}
    if provider == "ollama":
        return {"temperature": 0, "num_predict": MAX_TOKENS, "client_kwargs": {"timeout": seconds}, **where}
    secret = {"api_key": key or NO_KEY} if url or key else {}
    return {"temperature": 0, "max_tokens": MAX_TOKENS, "timeout": seconds, "max_retries": 0, **where, **secret}
