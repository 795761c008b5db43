"""Question + evidence → sentences: `QuotingWriter` needs no model, `bot.models.writer.ModelWriter` asks one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from bot.answer import Sentence
from index.errors import SettingsError
from index.sentences import is_proviso, split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.settings import Settings
    from index.search.hits import Hit

LONG = 300  # characters; a longer paragraph is cut to its most relevant sentences
_WORD = re.compile(r"[가-힣A-Za-z0-9]{2,}")


class Writer(Protocol):
    """Writes what answers ``question`` out of ``hits``, most relevant first."""

    def write(self, question: str, hits: Sequence[Hit]) -> Iterator[Sentence]: ...


class QuotingWriter:
    """Answers with the paragraphs' own sentences, a proviso (다만, 단) always with its rule."""

    def write(self, question: str, hits: Sequence[Hit]) -> Iterator[Sentence]:
        for hit in hits:
            yield Sentence(quote_relevant(question, hit.passage.quote), (hit.passage.clause,))


def quote_relevant(question: str, paragraph: str) -> str:
    """``paragraph``, or of a long one the sentences that share most with ``question``, with their provisos."""
    sentences = split_sentences(paragraph)
    if len(paragraph) <= LONG or len(sentences) == 1:
        return paragraph
    wanted = _bigrams(question)
    best = max(range(len(sentences)), key=lambda i: len(wanted & _bigrams(sentences[i])))
    first = best
    while first and is_proviso(sentences[first]):
        first -= 1  # a proviso alone misleads: begin with its rule
    last = best + 1
    while last < len(sentences) and is_proviso(sentences[last]):
        last += 1
    return " ".join(sentences[first:last])


def _bigrams(text: str) -> set[str]:
    return {word[i : i + 2] for word in _WORD.findall(text) for i in range(len(word) - 1)}


def open_writer(settings: Settings, on_failure: Callable[[str], None] = lambda reason: None) -> Writer:
    """The writer that the settings ask for. ``on_failure``: told why a model did not answer.

    Raises:
        SettingsError: the model cannot be used as configured; the message says what to install or set.
    """
    if not settings.model:
        return QuotingWriter()
    # imported here: a bot that quotes needs none of it
    try:
        from bot.models.writer import ModelWriter
        from bot.verify.morphemes import load_analyser
        from index.chat_model import open_model

        load_analyser()
    except ImportError as error:
        raise SettingsError(f"설정 BOT_MODEL: 패키지가 필요합니다. pip install '.[model]' ({error.name})") from error
    model = open_model(settings.model, settings.model_url, settings.model_key, settings.model_seconds)
    return ModelWriter(model, seconds=settings.model_seconds, on_failure=on_failure)
