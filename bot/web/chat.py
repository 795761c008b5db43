"""The customers' chat: a Gradio page over `Service.stream`; no thinking in it."""

from __future__ import annotations

from functools import partial
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
PANEL = '<aside id="panel" tabindex="-1" aria-label="약관 조항"></aside>'
CONCURRENT = 8

Turn = dict[str, Any]  # of a conversation, as Gradio keeps it: role and content


def build_chat(service: Service) -> gr.Blocks:
    """The page for the documents that ``service`` answers from."""
    edition = service.editions[0]
    page = gr.Blocks(title=f"{edition.title} 안내", analytics_enabled=False)
    with page, gr.Column(elem_id="page"):
        gr.HTML(_top(service), elem_id="top", padding=False)
        with gr.Row(elem_id="body"):
            with gr.Column(elem_id="main", min_width=0):
                chat = gr.Chatbot(
                    elem_id="chat",
                    label="대화",
                    show_label=False,
                    height="auto",
                    placeholder=_greeting(edition),
                    examples=[{"text": example} for example in edition.examples],
                    buttons=["copy"],
                    feedback_options=None,
                    allow_tags=False,
                    latex_delimiters=[],
                )
                question = gr.Textbox(
                    elem_id="question",
                    placeholder="궁금한 점을 편하게 적어 주세요",
                    label="질문",
                    show_label=False,
                    autofocus=True,
                    submit_btn="보내기",
                    max_length=service.settings.max_characters,
                )
            gr.HTML(PANEL, elem_id="side", padding=False)
        gr.HTML(f'<p id="notice">{NOTICE}</p>', padding=False)
        questions = gr.State([])  # as typed; the conversation shows them escaped
        asked = question.submit(
            _ask, [question, chat, questions], [question, chat, questions], queue=False, api_visibility="private"
        )
        picked = chat.example_select(_pick, [chat, questions], [chat, questions], queue=False, api_visibility="private")
        chat.clear(list, outputs=questions, queue=False, api_visibility="private")
        for event in (asked, picked):
            event.success(
                partial(_reply, service),
                [chat, questions],
                chat,
                concurrency_limit=CONCURRENT,
                api_visibility="private",
            )
    return page


def _ask(question: str, turns: list[Turn], questions: list[str]) -> tuple[str, list[Turn], list[str]]:
    """An empty box, the conversation with the question in it, and all questions."""
    return "", [*turns, _turn("user", escape_markdown(question))], [*questions, question]


def _pick(turns: list[Turn], questions: list[str], example: gr.SelectData) -> tuple[list[Turn], list[str]]:
    return _ask(str(example.value["text"]), turns, questions)[1:]


def _reply(service: Service, turns: list[Turn], questions: list[str]) -> Iterator[list[Turn]]:
    """The conversation with a growing answer to its last question."""
    *earlier, question = questions
    text, understood = "", ""
    for piece in service.stream(Ask(question, tuple(earlier))):
        text += piece.text
        understood = piece.interpreted
        yield [*turns, _turn("assistant", text)]
    if understood and earlier and understood != question:
        yield [*turns, _turn("assistant", f"{text}\n\n*이렇게 이해했습니다: {escape_markdown(understood)}*")]


def _turn(role: str, text: str) -> Turn:
    return {"role": role, "content": text}


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
