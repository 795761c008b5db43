"""Rooms and arrows: how many modules, packages and imports between them there are, and whether any go in a circle.

`python tests/support/architecture.py`, in the root of the project (`make arrows`). Imports for type checkers count.
A room is a package, or a module that lies beside packages: "bot.verify" and "bot.chain" are two.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import grimp

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOTS = ("bot", "index")
SMALL = 60  # lines
WHOLE = ("bot", "bot.web", "index")  # packages of rooms; what lies flat in them is a room of its own


def read_imports() -> dict[str, set[str]]:
    """Each module of the project with those that it imports, type checkers' imports included."""
    sys.path.insert(0, str(Path.cwd()))
    graph = grimp.build_graph(*ROOTS, cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in sorted(graph.modules)}


def find_packages() -> set[str]:
    """The names of all packages."""
    return {".".join(path.parent.parts) for root in ROOTS for path in Path(root).rglob("__init__.py")}


def join(imports: Mapping[str, set[str]], names: Mapping[str, str]) -> dict[str, set[str]]:
    """The imports between what the modules are called in ``names``, without those to itself."""
    joined: dict[str, set[str]] = defaultdict(set)
    for module, others in imports.items():
        joined[names[module]] |= {names[other] for other in others} - {names[module]}
    return joined


def find_circles(imports: Mapping[str, set[str]]) -> list[list[str]]:
    """Groups of names of which each is reached from each other one."""
    reached = {name: _reach(imports, name) for name in imports}
    circles = {tuple(sorted(other for other in reached[name] if name in reached.get(other, ()))) for name in reached}
    return [list(circle) for circle in sorted(circles) if len(circle) > 1]


def count_lines(modules: Iterable[str], packages: set[str]) -> list[int]:
    """The lines of each module, of packages those of ``__init__.py``."""
    ends = {module: "/__init__.py" if module in packages else ".py" for module in modules}
    paths = [Path(module.replace(".", "/") + end) for module, end in ends.items()]
    return [len(path.read_text(encoding="utf-8").splitlines()) for path in paths]


def describe() -> str:
    """The figures, one a line."""
    imports, packages = read_imports(), find_packages()
    homes = {module: module if module in packages else module.rpartition(".")[0] for module in imports}
    rooms = {module: module if homes[module] in WHOLE else homes[module] for module in imports}
    between = join(imports, rooms)
    lines = count_lines([module for module in imports if module not in packages], packages)
    figures = {
        "modules": len(lines),
        "packages": len(packages),
        "imports between modules": sum(map(len, imports.values())),
        "import pairs between packages": sum(map(len, join(imports, homes).values())),
        "rooms": len(between),
        "import pairs between rooms": sum(map(len, between.values())),
        "circles of modules": len(find_circles(imports)),
        "circles of rooms": len(find_circles(between)),
        "median lines a module": f"{median(lines):g}",
        f"modules of at most {SMALL} lines": sum(count <= SMALL for count in lines),
    }
    circles = [" ↔ ".join(circle) for circle in (*find_circles(imports), *find_circles(between))]
    return "\n".join([*(f"{value:>5}  {name}" for name, value in figures.items()), *circles])


def _reach(imports: Mapping[str, set[str]], start: str) -> set[str]:
    reached: set[str] = set()
    ahead = set(imports[start])
    while ahead:
        name = ahead.pop()
        reached.add(name)
        ahead |= imports.get(name, set()) - reached
    return reached


if __name__ == "__main__":
    print(describe())  # noqa: T201
