"""All patterns of the project, hostile strings for them, and how the time that they take grows."""

from __future__ import annotations

import ast
import importlib
import inspect
import math
import pkgutil
import re
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import pairwise
from re import _constants as sre
from re import _parser
from time import thread_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

SIZES = (1_000, 4_000, 16_000, 64_000)
STEEPEST = 1.2  # exponent of the time's growth
FEW = 22  # characters: what grows exponentially shows there, and would not end with more
SCREEN = SIZES[1]  # characters
FLOOR = 0.003  # s; below it a time is noise
TOO_MUCH = 0.05  # s for the smallest size: it grows so fast that the larger ones would take hours
SUSPECTS = 4  # pieces of a pattern that are run at all sizes
LOOKS = 4
MOST = 0.5  # s for the largest size: what is bounded by a large constant is slow for all that
METHODS = {"search", "finditer", "sub", "subn", "findall", "split", "match", "fullmatch"}
ANCHORED = {"match", "fullmatch"}


@dataclass(slots=True)
class Use:
    """A pattern, where it stands, and the methods by which it is used."""

    pattern: re.Pattern[Any]
    name: str
    methods: set[str] = field(default_factory=set)

    def run(self, text: str) -> None:
        """The pattern over the whole ``text`` as it is used."""
        subject: Any = text.encode() if isinstance(self.pattern.pattern, bytes) else text
        if self.methods and self.methods <= ANCHORED:
            for method in self.methods:
                getattr(self.pattern, method)(subject)
            return
        for _ in self.pattern.finditer(subject):
            pass


def modules() -> Iterator[ModuleType]:
    """All modules of the project but the entry points, which run when they are imported."""
    for package in ("bot", "index"):
        root = importlib.import_module(package)
        yield root
        for found in pkgutil.walk_packages(root.__path__, f"{package}."):
            if not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def uses() -> list[Use]:
    """Each compiled pattern of the project once, and the ones given as text to a function of ``re``."""
    found: dict[int, Use] = {}
    loaded = list(modules())
    for module in loaded:
        for name, value in vars(module).items():
            for pattern in _patterns(value, module.__name__, set()):
                found.setdefault(id(pattern), Use(pattern, f"{module.__name__}.{name}"))
    for module in loaded:
        tree = ast.parse(inspect.getsource(module))
        _note_methods(tree, vars(module), found)
        walked = {use.pattern.pattern for use in found.values()}
        for place, pattern in _inline(tree, vars(module)):
            if pattern.pattern in walked:  # it was found by its name
                continue
            found.setdefault(id(pattern), Use(pattern, f"{module.__name__}:{place}", {"finditer"}))
    return list({(use.pattern, frozenset(use.methods)): use for use in found.values()}.values())


def _patterns(value: object, module: str, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        yield value
        return
    for part in _parts(value, module):
        yield from _patterns(part, module, seen)


def _parts(value: object, module: str) -> list[object]:
    """What a value holds: of containers their members, of the project's own classes and functions their contents."""
    if isinstance(value, dict):
        return [*value, *value.values()]
    if isinstance(value, (list, tuple, set, frozenset)):
        return list(value)
    own = getattr(value, "__module__", None) == module
    if inspect.isclass(value) and own:
        return list(vars(value).values())
    if inspect.isfunction(value) and own:
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        return [*cells, *(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()]
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, one.name, None) for one in fields(value)]
    partial = [getattr(value, name, None) for name in ("func", "args", "keywords")]
    return partial if type(value).__name__ == "partial" else []


def _note_methods(tree: ast.AST, names: dict[str, Any], found: dict[int, Use]) -> None:
    """Which methods of a pattern are called by its name; another use of the name may call any."""
    called = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            pattern = names.get(node.value.id)
            if id(pattern) in found and node.attr in METHODS:
                found[id(pattern)].methods.add(node.attr)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in called:
            for pattern in _patterns(names.get(node.id), "", set()):
                if id(pattern) in found:
                    found[id(pattern)].methods.add("finditer")


def _inline(tree: ast.AST, names: dict[str, Any]) -> Iterator[tuple[int, re.Pattern[Any]]]:
    """Patterns that are written where they are used: ``re.sub("…", …)``; what is put into them is a word."""
    for node in ast.walk(tree):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
        if not called or ast.unparse(node.func.value) != "re" or node.func.attr not in METHODS | {"compile"}:  # type: ignore[attr-defined]
            continue
        text = _text(node.args[0], names)  # type: ignore[attr-defined]
        if text is not None:
            yield node.lineno, re.compile(text)  # type: ignore[attr-defined]


def _text(node: ast.expr, names: dict[str, Any]) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(_text(part, names)) for part in node.values)
    if isinstance(node, ast.BinOp):
        left, right = _text(node.left, names), _text(node.right, names)
        return None if left is None or right is None else left + right
    if isinstance(node, ast.FormattedValue):
        try:
            return eval(ast.unparse(node.value), dict(names))  # noqa: S307  # the project's own source
        except (NameError, AttributeError, TypeError):
            return "가나"
    return None


KINDS = (
    *(
        "\n",
        " ",
        "\t",
        "\r\n",
        "a",
        "가",
        "A",
        "1",
        "0",
        "ㅋ",
        "!",
        "?",
        ".",
        ",",
        "-",
        "_",
        "~",
        "/",
        "\\",
        "·",
        ":",
        ";",
    ),
    *(
        "<",
        ">",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "“",
        "”",
        "「",
        "」",
        "`",
        "*",
        "#",
        "|",
        "+",
        "=",
        "&",
        "@",
        "%",
    ),
    *(
        "<a =",
        "[[(",
        "![](",
        "[a](",
        "((",
        "))",
        "<a b='",
        "</a",
        "<script",
        "&amp",
        "**",
        "__",
        "- ",
        "> ",
        "1. ",
        "1) ",
        "\n\n ",
    ),
    *(
        "가 ",
        "a ",
        "1 ",
        "1-",
        "1.",
        "1,",
        "0-1",
        "a.",
        "a@",
        "a@a.",
        "가가 ",
        "가\n",
        " \n",
        "\n1",
        "a-",
        "a1",
        "가1",
        "1가",
        "1a",
    ),
    *(
        "제1조 ",
        "제1항 ",
        "제 ",
        "제1조의",
        "1년 ",
        "2026.",
        "2026-01-",
        "2026년 1월 ",
        "월 ",
        "일이삼",
        "공일공 ",
        "010-",
        "02) ",
    ),
    *(
        "이",
        "이 ",
        "을 ",
        "의",
        "하고 ",
        "및 ",
        "와 ",
        "약관 ",
        "다. ",
        "요? ",
        "서울 ",
        "시 ",
        "로 1",
        "동 1호",
        "김",
        "길",
        "님",
    ),
    *(
        "a\u0301",
        "\u0301",
        "\u0323\u0301",
        "\u200b",
        "\u3000",
        "\ufeff",
        "①",
        "\uff11",
        "\uff21",
        "\u1100",
        "\x00",
        "é",
        "😀",
        "\u202e",
    ),
    *("http://", "https://a", "www.", "data:", "a=", "\u00a0", "—", "…", "〈", "＜", "（", "［"),
)


ONCE = "\x1f"  # what stands before it in a piece is not repeated
FILLS = (" ", "a", "가", "1", "=", ",", "\n")


def hostile(pattern: re.Pattern[Any]) -> list[str]:
    """Pieces to be repeated: `KINDS`, and what ``pattern`` nearly matches, by its own literals."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    near: list[str] = []
    begun: list[str] = []
    tree = _parser.parse(text, pattern.flags & ~re.DEBUG if isinstance(pattern.pattern, str) else 0)
    for choice in range(4):
        whole = "".join(_example(tree, choice))[:60]
        near += [whole, whole[:-1], whole[1:], whole[: len(whole) // 2], whole + "\n", whole + " "]
        near += [f"{whole[:-1]}!", *whole[:1], *whole[-2:]]
        begun += [f"{whole[:length]}{ONCE}{fill}" for length in (1, 2) for fill in FILLS if choice < 2]
    return list(dict.fromkeys([*KINDS, *(piece for piece in near if piece), *begun]))


def _example(tree: Any, choice: int) -> Iterator[str]:  # noqa: C901
    """Letters that a parsed pattern matches, as ``choice`` takes its branches and repetitions."""
    for kind, value in tree:
        if kind is sre.LITERAL:
            yield chr(value)
        elif kind is sre.ANY or kind is sre.NOT_LITERAL:
            yield "가a1 "[choice]
        elif kind is sre.IN:
            yield _member(value, choice)
        elif kind is sre.BRANCH:
            yield from _example(value[1][choice % len(value[1])], choice)
        elif kind is sre.SUBPATTERN:
            yield from _example(value[-1], choice)
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            least, most, inner = value
            for _ in range(min(int(most), max(least, choice))):
                yield from _example(inner, choice)
        elif kind is sre.ATOMIC_GROUP:
            yield from _example(value, choice)


def _member(members: Any, choice: int) -> str:
    kind, value = members[choice % len(members)]
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.RANGE:
        return chr(value[choice % 2])
    if kind is sre.CATEGORY:
        name = str(value)
        return "가" if "NOT" in name else "1" if "DIGIT" in name else " " if "SPACE" in name else "a"
    return "가"


def steepest(run: Callable[[str], object], pieces: list[str], most: float = MOST) -> tuple[float, str]:
    """The worst exponent of the growth of the time that ``run`` takes for one of ``pieces`` repeated, and which it is.

    All are run once at `SCREEN` characters, where quadratic growth takes far longer than `FLOOR`; what does not, is
    done with. The slowest of the others are run at the other sizes; infinity if one takes more than ``most`` seconds
    at the largest, or by that measure at a smaller one.
    """
    taken: dict[str, float] = {}
    looked = 0
    for piece in pieces:
        if any(_slow(run, _repeat(piece, size)) for size in (FEW, SIZES[0])):
            return math.inf, piece
        taken[piece] = _time(run, _repeat(piece, SCREEN), 1)
        if taken[piece] > TOO_MUCH and looked < SUSPECTS:  # it need not be known what the others take
            looked += 1
            if (steep := _steepness(run, piece, most)) > STEEPEST:
                return steep, piece
    suspects = sorted((piece for piece in pieces if taken[piece] > FLOOR), key=taken.__getitem__, reverse=True)
    worst = (0.0, "")
    for piece in suspects[:SUSPECTS]:
        worst = max(worst, (_steepness(run, piece, most), piece))
        if worst[0] > STEEPEST:
            break
    return worst


def _steepness(run: Callable[[str], object], piece: str, most: float) -> float:
    """The worst exponent from one size to the next; infinity if that size takes too long."""
    worst = 0.0
    for small, large in pairwise(SIZES):
        steep, taken = _growth(run, piece, small, large)
        if steep > STEEPEST:  # the next size might take minutes
            return steep
        if taken > most * large / SIZES[-1]:
            return math.inf
        worst = max(worst, steep)
    return worst


def _growth(run: Callable[[str], object], piece: str, small: int, large: int) -> tuple[float, float]:
    """The exponent between two sizes, and the seconds of the larger; 0 where that takes less than `FLOOR`.

    What seems steep is looked at again, `LOOKS` times in all, and the least counts. Each look measures both sizes one
    right behind the other: a machine that is busy or slower for a while is so for both.
    """
    least = fastest = math.inf
    for _ in range(LOOKS):
        before = _time(run, _repeat(piece, small), 3)
        after = _time(run, _repeat(piece, large), 1)
        fastest, least = min(fastest, after), min(least, _exponent(before, after) if after > FLOOR else 0.0)
        if least <= STEEPEST:
            break
    return least, fastest


def _slow(run: Callable[[str], object], text: str) -> bool:
    """Twice: the first time something may be read that is kept."""
    return _time(run, text, 1) > TOO_MUCH and _time(run, text, 1) > TOO_MUCH


def _repeat(piece: str, size: int) -> str:
    once, _, piece = piece.rpartition(ONCE)
    return (once + piece * (size // len(piece) + 1))[:size]


def _exponent(before: float, after: float) -> float:
    return math.log(max(after, 1e-6) / max(before, 1e-6)) / math.log(4)


def _time(run: Callable[[str], object], text: str, times: int) -> float:
    best = math.inf
    for _ in range(times):
        start = thread_time()
        run(text)
        best = min(best, thread_time() - start)
    return best
