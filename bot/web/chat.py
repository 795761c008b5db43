"""The customers' chat: a Gradio page over `Service.stream`; no thinking in it."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from bot.answer import escape_markdown
from bot.question import Ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.service import Service
    from index.editions import Edition

STATIC = Path(__file__).parent / "static"
CSS = (STATIC / "chat.css").read_text(encoding="utf-8")
HEAD = f"<script>{(STATIC / 'chat.js').read_text(encoding='utf-8')}</script>"
# system fonts only: the default theme fetches from a font host, and nothing but this server may be called
FONTS = ("system-ui", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", "sans-serif")
THEME = gr.themes.Soft(font=FONTS, font_mono=("ui-monospace", "monospace"))
NOTICE = "이 답변은 약관 원문에 근거하며 법률 자문이 아닙니다. 개인정보는 입력하지 마세요."
FAILED = "답변하는 중에 문제가 생겼습니다. 잠시 뒤 다시 시도해 주세요."
CONCURRENT = 8


def build_chat(service: Service) -> gr.Blocks:
    """The page for the documents that ``service`` answers from."""

    def respond(message: str, history: list[dict[str, Any]]) -> Iterator[str]:
        text = ""
        for piece in service.stream(Ask(message, _questions(history))):
            text += piece.text
            yield text

    edition = service.editions[0]
    with gr.Blocks(title=f"{edition.title} 안내", analytics_enabled=False) as page, gr.Column(elem_id="page"):
        gr.HTML(_top(service), elem_id="top", padding=False)
        with gr.Row(elem_id="body"):
            with gr.Column(scale=3, min_width=0):
                gr.ChatInterface(
                    respond,
                    chatbot=gr.Chatbot(
                        elem_id="chat",
                        label="대화",
                        height="62dvh",
                        min_height="320px",
                        placeholder=_greeting(edition),
                        buttons=["copy"],
                        feedback_options=None,
                        allow_tags=False,
                        latex_delimiters=[],
                    ),
                    textbox=gr.Textbox(
                        elem_id="question",
                        placeholder="약관에 대해 궁금한 점을 편하게 적어 주세요",
                        label="질문",
                        show_label=False,
                        autofocus=True,
                    ),
                    examples=list(edition.examples),
                    cache_examples=False,
                    fill_height=False,
                    flagging_mode="never",
                    concurrency_limit=CONCURRENT,
                    api_visibility="private",
                )
            gr.HTML('<aside id="panel" tabindex="-1" aria-label="약관 조항"></aside>', padding=False)
        gr.HTML(f'<p id="notice">{NOTICE}</p>', padding=False)
    return page


def _questions(history: list[dict[str, Any]]) -> tuple[str, ...]:
    """The earlier questions of a Gradio history, oldest first."""
    return tuple(_text(turn["content"]) for turn in history if turn["role"] == "user")


def _text(content: str | list[Any]) -> str:
    if isinstance(content, str):
        return content
    return " ".join(str(part.get("text", "")) for part in content if isinstance(part, dict))


def _top(service: Service) -> str:
    names = ", ".join(
        f'<a href="/terms/{escape(e.name)}" data-external="1" target="_blank">{escape(e.title)}</a>'
        f" (시행일 {escape(e.date)})"
        for e in service.editions
    )
    company = escape(service.editions[0].company)
    return (
        f"<h1>{company} 약관봇</h1><p>{names} 원문에서만 찾아 답합니다.</p>"
        '<p id="state" role="status" aria-live="polite" hidden></p>'
    )


def _greeting(edition: Edition) -> str:
    title, company = escape_markdown(edition.title), escape_markdown(edition.company)
    return (
        f"## 안녕하세요, {company} 약관봇입니다\n\n"
        f"「{title}」(시행일 {edition.date})에 있는 내용을 조·항과 함께 알려 드립니다. "
        "약관에 없는 내용은 없다고 말씀드립니다."
    )
