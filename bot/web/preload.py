"""Which of Gradio's files the chat needs, so that a browser can ask for all of them at once.

Gradio's page finds them out step by step: its entry imports the core, the core the kinds of components, each of these
its parts, and every step begins when the script before it has run. The names are in the scripts themselves, as the
bundler (Vite) wrote them.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FRONTEND = files("gradio") / "templates" / "frontend"
ASSETS = FRONTEND / "assets"
LANGUAGE = "ko"
SHELL = (("index-", ("Index-",)), ("Index-", ("core-", "Blocks-")))  # who imports what for any page of components
_ENTRY = re.compile(r'(?:src|href)="\./assets/([\w.-]+)"')
_LISTED = re.compile(r"__vite__mapDeps=.{0,300}?\[([^\[\]]*)\]")
_NAME = re.compile(r'"\./([\w.-]+)"')
_NEEDED = r",(?:__vite__mapDeps\(\[([\d,]*)\]\)|\[\]),import\.meta\.url\)"
_ANY = re.compile(rf"import\(`\./([\w.-]+)`\)(?:(?!import\().)*?{_NEEDED}")
_LATE = rf"\(\)=>\w+\(\(\)=>import\(`\./([\w.-]+)`\)(?:\.then\([^)]*\))?{_NEEDED}"


def find_assets(kinds: Iterable[str]) -> tuple[str, ...]:
    """File names below `/assets` that a page with these ``kinds`` of components ("chatbot") loads, entry first.

    () of a Gradio whose scripts are written in another way: the page finds its files by itself then.
    """
    entries = _ENTRY.findall((FRONTEND / "index.html").read_text(encoding="utf-8"))
    found = dict.fromkeys(entries)
    for begin, imported in SHELL:
        for script in [name for name in found if name.startswith(begin) and name.endswith(".js")]:
            for name, needed in _imports(_ANY, _read(script)):
                if name.startswith(imported):
                    found |= dict.fromkeys([name, *needed])
    core = next((name for name in found if name.startswith("core-") and name.endswith(".js")), None)
    if core is None:
        return ()
    # a kind may have further forms before its component, such as its example
    marks = [rf"\b{re.escape(kind)}:\{{[^}}]*?\bcomponent:" for kind in kinds]
    for mark in (*marks, rf'"\./lang/{LANGUAGE}\.json":'):
        for name, needed in _imports(re.compile(mark + _LATE), _read(core)):
            found |= dict.fromkeys([name, *needed])
    return tuple(found)


def _imports(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, list[str]]]:
    """What a script imports late, each with the files that it needs."""
    listed = _LISTED.search(text)
    names = _NAME.findall(listed[1]) if listed else []
    for name, places in pattern.findall(text):
        yield name, [names[int(place)] for place in places.split(",") if place]


def _read(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")
