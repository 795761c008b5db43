"""The model folder below ``var/``: made once from the installed weights, whole or not at all; checked when opened."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Literal

from sentencepiece.sentencepiece_model_pb2 import ModelProto  # type: ignore[attr-defined]  # made at run time

from index import snapshot
from index.encoder import graph
from index.encoder.weights import SHA256, find_weights, read_weights
from index.errors import EmbeddingError, StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from index.encoder.differences import Differences
    from index.encoder.weights import Tokenization, Weights

log = logging.getLogger(__name__)

Precision = Literal["int8", "fp32"]
GRAPH, TOKENIZER, CONFIG = "model.onnx", "sentencepiece.model", "config.json"
# e5 was trained with these
PROMPTS = {"query": "query: ", "document": "passage: "}
FORMAT = 3  # of the folder; raise it when what is written changes
Piece = ModelProto.SentencePiece
_MODULE = "index.encoder.module.OnnxEncoder"


def open_folder(root: Path, precision: Precision, differences: Differences) -> Path:
    """The folder of the bundled model in this precision below ``root``, made first if need be (5–10 s).

    ``differences``: what training added to it.

    It is a sentence-transformers folder: ``SentenceTransformer(folder, trust_remote_code=True)`` loads it where this
    project can be imported. A damaged or outdated one is made again.

    Raises:
        EmbeddingError: the package with the weights is not installed, or its file is not the known one.
        StoreError: the folder cannot be written.
    """
    try:
        return find_folder(root, precision, differences)
    except (StoreError, OSError):
        pass  # there is none, or it is damaged
    home = root / precision
    log.info("임베딩 모델을 준비합니다(%s, 처음 한 번, 10초쯤).", precision)
    weights = read_weights(find_weights())
    try:
        with snapshot.writing(home, _wanted(precision, differences)) as aside:
            _write(weights, differences, aside, precision)
        return snapshot.read_manifest(home)[0]
    except OSError as error:
        raise StoreError(f"{home}: 임베딩 모델을 저장할 수 없습니다: {error.strerror}") from error


def find_folder(root: Path, precision: Precision, differences: Differences) -> Path:
    """As `open_folder`, but nothing is made. Raises StoreError if it is not there, outdated or damaged."""
    folder, manifest = snapshot.read_manifest(root / precision)
    if not _wanted(precision, differences).items() <= manifest.items():
        raise StoreError(f"{folder}: 다른 모델의 폴더입니다.")
    snapshot.check_files(folder, manifest)
    return folder


def read_config(folder: Path) -> dict[str, object]:
    """What the folder says of the model. Raises EmbeddingError if it cannot be read."""
    try:
        config: dict[str, object] = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EmbeddingError(f"{folder}: 임베딩 모델을 읽을 수 없습니다.") from error
    return config


def _wanted(precision: Precision, differences: Differences) -> dict[str, object]:
    return {"format": FORMAT, "weights": SHA256, "precision": precision, "differences": differences.digest}


def _write(weights: Weights, differences: Differences, folder: Path, precision: Precision) -> None:
    graph.write(weights, differences, folder / GRAPH, quantized=precision == "int8")
    kinds = weights.tokenization
    (folder / TOKENIZER).write_bytes(_tokenizer(kinds))
    config = {
        "begin": kinds.begin,
        "end": kinds.end,
        "unknown": kinds.unknown,
        "hidden": weights.sizes.hidden,
        "positions": weights.sizes.positions,
        "normalization": {chr(code): into for code, into in kinds.normalization.items()},
    }
    modules = [{"idx": 0, "name": "0", "path": "", "type": _MODULE}]
    described = {"prompts": PROMPTS, "similarity_fn_name": "cosine"}
    for name, value in (
        (CONFIG, config),
        ("modules.json", modules),
        ("config_sentence_transformers.json", described),
    ):
        (folder / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _tokenizer(kinds: Tokenization) -> bytes:
    """What cuts normalized text up, in sentencepiece's own format; `index.encoder.model` normalizes the text."""
    model = ModelProto()
    for number, (piece, score) in enumerate(kinds.pieces):
        model.pieces.add(piece=piece, score=score, type=Piece.UNKNOWN if number == kinds.unknown else Piece.NORMAL)
    model.trainer_spec.model_type = model.trainer_spec.UNIGRAM
    # begin and end are added to the numbers; a customer who types "<s>" means these characters
    own = model.trainer_spec
    own.unk_id, own.pad_id, own.bos_id, own.eos_id = kinds.unknown, -1, -1, -1
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.remove_extra_whitespaces = False
    return bytes(model.SerializeToString())
