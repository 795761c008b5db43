"""합니다체 → 해요체: the other way round than `bot.verify.endings`, for trying each false sentence in both."""

from __future__ import annotations

from bot.verify.morphemes import load_analyser

_AFFIRMING = {"ᆸ니다", "습니다"}


def informal(text: str) -> str:
    """``text`` with the ends of its statements in 해요체."""
    analyser = load_analyser()
    tokens = analyser.tokenize(text)
    for place in range(len(tokens) - 1, 0, -1):
        ending = tokens[place]
        if ending.tag != "EF" or ending.form not in _AFFIRMING:
            continue
        first = place - 1
        while first and tokens[first].tag == "EP":
            first -= 1
        stem = tokens[first]
        kept = [(token.form, token.tag) for token in tokens[first:place]]
        if stem.tag == "VCP":
            said = "예요" if _open(text[: stem.start].rstrip("\"'”’)")) else "이에요"
        else:
            said = analyser.join([*kept, ("에요" if stem.tag == "VCN" else "어요", "EF")])
        text = text[: stem.start] + said + text[ending.end :]
    return text


def _open(text: str) -> bool:
    """Whether the last syllable of ``text`` ends in a vowel."""
    last = text[-1:]
    return last in "2459" if last.isdigit() else "가" <= last <= "힣" and (ord(last) - ord("가")) % 28 == 0
