"""A text in sentences, exceptions among them, and a text without what does not count where two are compared."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[다요음함]\.)\s{1,9}")
_PROVISO = re.compile(r"\s{0,9}(?:다만|단)[\s,]")
_NO_LETTER = re.compile(r"[\W_]{1,20}")


def split_sentences(text: str) -> list[str]:
    """The sentences of ``text``, without the white space between them; one that ends otherwise joins the next."""
    return _END.split(text)


def is_proviso(sentence: str) -> bool:
    """Whether ``sentence`` is an exception to what was said before it ("다만, …", "단, …"): alone it misleads."""
    return bool(_PROVISO.match(sentence))


def squeeze(text: str) -> str:
    """``text`` without white space: texts that differ in nothing else say the same."""
    return "".join(text.split())


def only_letters(text: str) -> str:
    """The letters and digits of ``text``, in lower case: how it is spaced or punctuated does not count."""
    return _NO_LETTER.sub("", text).lower()
