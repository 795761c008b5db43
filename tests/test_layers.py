"""What `make test` cannot say by import-linter's contracts (pyproject.toml): every room has a layer, files stay
small."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

FILES = [Path("app.py"), *sorted(Path("bot").rglob("*.py")), *sorted(Path("index").rglob("*.py"))]
PACKAGES = {"bot", "bot.web", "index"}  # of rooms; they hold no code of their own


@cache
def find_layers() -> list[str]:
    """The rooms that the contract on layers names."""
    settings = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    [layers] = [contract["layers"] for contract in settings["contracts"] if contract["type"] == "layers"]
    return [room.strip() for line in layers for room in line.split("|")]


@pytest.mark.parametrize("path", FILES[1:], ids=str)
def test_every_module_has_a_layer(path: Path) -> None:
    module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    layers = [room for room in find_layers() if module == room or module.startswith(f"{room}.")]
    assert len(layers) == (module not in PACKAGES)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_nothing_imports_the_application(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert "app" not in {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.module != "app"


@pytest.mark.parametrize("path", FILES, ids=str)
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.slow
def test_the_page_waits_for_no_library_that_takes_seconds() -> None:
    heavy = ("faiss", "kiwipiepy", "langchain", "langchain_core", "matplotlib", "scipy", "sklearn", "torch")
    code = f"import app, sys; print([name for name in {heavy!r} if name in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


def test_data_holds_no_python() -> None:
    assert not list(Path("data").rglob("*.py"))
