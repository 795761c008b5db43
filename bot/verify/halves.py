"""Which part of a clause (rule and proviso, "…하며, …합니다") was asked for and not told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.verify.coverage import matters, says
from bot.verify.endings import formal
from bot.verify.support import is_proviso, parts_of, read, sentences_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def leaves_out(told: Sequence[str], quote: str, question: str) -> bool:
    """Whether ``told``, sentences on the clause ``quote``, lacks its proviso (다만, 단) or what ``question`` asks.

    What is asked is told by its words; if they do not tell, every part of the clause may be it.
    """
    whole = "".join(_squeeze(sentence) for sentence in told)
    sentences = sentences_of(quote)
    if any(is_proviso(piece) and _squeeze(piece) not in whole for piece in sentences[1:]):
        return True
    parts = [part for sentence in sentences for part in parts_of(sentence)]
    said = [_is_told(part, told) for part in parts]
    shares = [_shared(question, part) for part in parts]
    left = [share for share, done in zip(shares, said, strict=True) if not done]
    return bool(left) and max(left) >= max((s for s, done in zip(shares, said, strict=True) if done), default=0)


def _is_told(part: str, told: Sequence[str]) -> bool:
    """Whether the last thing that ``part`` says is said in ``told``; a part that says nothing is."""
    main = [s.predicate.stems for s in read(part).statements if s.predicate.main]
    said = [s.predicate.stems for sentence in told for s in read(sentence).statements if s.predicate.main]
    return not main or any(all(says(stem, main[-1]) for stem in stems) for stems in said)


def _shared(question: str, part: str) -> int:
    """How many words both have."""
    known = {token.form for token in read(part).tokens if matters(token)}
    return len({token.form for token in read(question).tokens if matters(token) and says(token.form, known)})


def _squeeze(text: str) -> str:
    return "".join(formal(text).split()).rstrip(".")
