"""Terms with everything that a page of the whole must show, and an application that has nothing but the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI

from bot.service import Service
from bot.settings import Settings
from bot.web.terms.pages import build_pages
from bot.web.terms.whole import build_whole

if TYPE_CHECKING:
    from pathlib import Path

FLOWERS = """꽃집 약관
이 약관은 2024년 3월 1일에 공고하였습니다.
제1장 총칙
제1조(뜻)
① 쓰는 말의 뜻은 다음과 같습니다.
1. “배송”이란 꽃을 보내는 것을 말합니다.
2. “구독자”란 다음의 사람을 말합니다.
가. 개인
② 제2조 제1항의 마감은 다음과 같습니다.
요일 | 마감
월요일 | 제2조의2에 따름
제2장 배송
제2조(배송일)
① 고른 요일에 꽃을 배송합니다.
제2조의2(VIP 배송)
vip에게는 먼저 배송합니다.
부칙 <2024. 4. 1.>
제1조(시행일) 2024년 4월 1일부터 시행합니다.
[별표 1] 요금표(제1조 관련)
꽃 | 요금
큰 꽃 | 25,000원
"""
PLAIN = "# 제2조\n\n## 제1항\n고르신 요일에 꽃을 보내 드려요.\n"
PATH = "/terms/%EA%BD%83%EC%A7%91"  # 꽃집


def flower_shop(folder: Path) -> FastAPI:
    """The pages of the terms of a flower shop, in two editions, with a plain line."""
    terms, plain = folder / "terms" / "꽃집", folder / "plain" / "꽃집"
    for one in (terms, plain):
        one.mkdir(parents=True)
    (terms / "2024-04-01.txt").write_text(FLOWERS, encoding="utf-8")
    (terms / "2023-04-01.txt").write_text("꽃집 약관\n제1조(뜻)\n꽃을 보냅니다.\n", encoding="utf-8")
    (terms / "terms.toml").write_text('company = "예시꽃집"\nquestions = "2024-04-01"\n', encoding="utf-8")
    (plain / "2.md").write_text(PLAIN, encoding="utf-8")
    service = Service(Settings(data=folder, _env_file=None))
    app = FastAPI()
    app.include_router(build_whole(service))
    app.include_router(build_pages(service))
    return app
