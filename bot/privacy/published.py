"""What the company itself has published: its own contacts are no personal data, its words no names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from bot.settings import load_settings
from index.errors import YakgwanError
from index.sentences import only_letters

_SPACES = re.compile(r"\s+")
_NO_LETTER = re.compile(r"[\W_]+")
SHORTEST = 5  # letters and digits of a contact: a shorter one may stand in any text by chance


def is_published(text: str) -> bool:
    """Whether a contact stands in the terms, however it is spaced or parted."""
    squeezed = only_letters(text)
    return len(squeezed) >= SHORTEST and squeezed in _read(load_data())[0]


def in_terms(text: str) -> bool:
    """Whether ``text``, however short, stands in the terms."""
    return only_letters(text) in _read(load_data())[0]


def is_word(text: str) -> bool:
    """Whether a word of the terms or of the curated questions begins with ``text``."""
    return f" {text}" in _read(load_data())[1]


@cache
def load_data() -> Path:
    """The folder of the data; one that does not exist if the settings cannot be read."""
    try:
        return load_settings().data
    except YakgwanError:
        return Path("/nonexistent")


@cache
def _read(data: Path) -> tuple[str, str]:
    terms = _texts(data / "terms", "*.txt")
    words = f"{terms} {_texts(data / 'questions', '*.md')} {_texts(data / 'questions', '*.txt')}"
    return only_letters(terms), " " + _SPACES.sub(" ", _NO_LETTER.sub(" ", words))


def _texts(folder: Path, pattern: str) -> str:
    try:
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob(pattern))]
    except OSError:
        return ""
    return unicodedata.normalize("NFKC", " ".join(texts))
