"""A shop's terms of three articles and an embedder that can be computed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pydantic import SecretStr

from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SHOP = """가게 약관
제1조 (배송)
- 물건은 결제한 날부터 3일 안에 보냅니다.
- 배송이 늦으면 문자로 알립니다. 다만, 명절에는 알리지 않습니다.
제2조 (환불)
- 받은 날부터 7일 안에 환불을 신청할 수 있습니다.
제3조 (연락처)
- 전화 : 02-000-0000
"""
QUESTIONS = {
    "1.md": "# 제1조\n\n## 제1항\n- 배송은 며칠 걸려요\n- 언제 보내 줘요 배송\n\n"
    "## 제2항\n- 늦으면 알림 와요\n- 지연 알림 문자\n",
    "2.md": "# 제2조\n\n## 제1항\n- 환불 되나요\n- 환불 기한이 며칠이에요\n",
    "3.md": "# 제3조\n\n## 제1항\n- 전화번호 뭐예요\n- 전화 어디로 걸어요\n",
    "범위밖.md": "# 범위 밖\n\n- 오늘 날씨 어때요\n- 날씨 알려 주세요\n",
}
WORDS = ("배송", "환불", "알림", "전화", "날씨")


class FakeEmbedder:
    """A text's vector counts `WORDS` in it (the last dimension: none of them), made of length one."""

    name = "fake"
    dimension = len(WORDS) + 1

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        counts = np.array([[text.count(word) for word in WORDS] for text in texts], np.float32)
        rows = np.hstack([counts, counts.sum(axis=1, keepdims=True) == 0])
        return np.ascontiguousarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    passages = queries


class RememberingEmbedder(FakeEmbedder):
    """The fake one, which remembers what it embedded."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        self.texts += texts
        return super().queries(texts)

    passages = queries


def settings_in(folder: Path) -> Settings:
    """Of a shop below ``folder``, with the fake embedder; ``.env`` is not read."""
    return Settings(
        data=folder / "data",
        index=folder / "index",
        embedding="fake",
        journal=SecretStr(f"sqlite:///{folder / 'journal.db'}"),
        secret=folder / "secret",
        _env_file=None,
    )
