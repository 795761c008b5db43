"""Korean text → morphemes: the only home of kiwipiepy.

Verbatim quotes never come here, so a bot without a language model does without the analyser and its memory.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kiwipiepy import Kiwi  # type: ignore[import-untyped]
    from kiwipiepy import Token as Token

_PLAIN = str.maketrans(dict.fromkeys("“”‘’「」『』\"'"))
_NUMERALS = {"SN", "NR"}
_THIRD = re.compile(r"제\s{0,9}3\s{0,9}자")


class Morpheme(NamedTuple):
    """One morpheme: dictionary ``form`` and Sejong ``tag`` (NNG noun, VV verb, EC connective ending …)."""

    form: str
    tag: str

    @property
    def is_noun(self) -> bool:
        return self.tag in {"NNG", "NNP", "XR", "SL"}


def plain(text: str) -> str:
    """``text`` in one spelling: NFKC, no quotation marks, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN).split())


@lru_cache(maxsize=1)
def load_analyser() -> Kiwi:
    """The analyser, loaded once (1–4 s). Raises ImportError if kiwipiepy is not installed."""
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=1, load_multi_dict=False)


@lru_cache(maxsize=4096)
def morphemes(text: str) -> tuple[Morpheme, ...]:
    """The morphemes of ``text`` in `plain` spelling, in order; a prefix stays with its noun (불가능, 재판매).

    What a definition is of ("고객이란") is a topic like any other ("고객은"). "7일 안" is "7일 이내".
    """
    found: list[Morpheme] = []
    text = _THIRD.sub("제삼자", plain(text))  # else it is one word here and three there
    for token in load_analyser().tokenize(text):
        here = Morpheme(token.form, token.tag.partition("-")[0])
        if here.is_noun and found and found[-1].tag == "XPN":
            here = Morpheme(found.pop().form + here.form, here.tag)
        if here == ("안", "NNG") and len(found) > 1 and found[-2].tag in _NUMERALS:
            here = Morpheme("이내", "NNG")  # "7일 안에"
        if here.form == "란" and found and found[-1].tag == "VCP":
            found.pop()  # "고객이란": the analyser takes the topic particle for 이다
            here = Morpheme("는", "JX")
        found.append(here)
    return tuple(found)
