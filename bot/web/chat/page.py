"""The customers' chat: a Gradio page over the recorded answers; no thinking in it.

What happens on each click is in `bot.web.chat.events`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import gradio as gr

from bot.web.chat.conversation import Conversation
from bot.web.chat.events import CONCURRENT, MAX_REASON, Events
from bot.web.chat.fragments import header, kept, starters
from bot.web.templating import STATIC
from index.editions.edition import principal

if TYPE_CHECKING:
    from bot.leaving import Leaving
    from bot.recorder import Recorder
    from bot.web.limits import Limiter
    from bot.web.metrics import Metrics

CSS = (STATIC / "chat.css").read_text(encoding="utf-8")
# system fonts only: the default theme fetches from a font host, and nothing but this server may be called
FONTS = ("system-ui", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", "sans-serif")
# the theme's own greys and its dark links are too pale to read
THEME = gr.themes.Soft(font=FONTS, font_mono=("ui-monospace", "monospace")).set(
    body_text_color_subdued="*neutral_600",
    input_placeholder_color="*neutral_500",
    input_placeholder_color_dark="*neutral_400",
    block_title_text_color="*primary_700",
    link_text_color_visited="*secondary_600",
    link_text_color_dark="*secondary_300",
    link_text_color_hover_dark="*secondary_200",
    link_text_color_active_dark="*secondary_300",
    link_text_color_visited_dark="*secondary_300",
)
NOTICE = "이 답변은 약관 원문에 근거하며 법률 자문이 아닙니다. 개인정보는 입력하지 마세요."
PANEL = '<aside id="panel" tabindex="-1" aria-label="약관 조항"></aside>'


def texts_of(page: gr.Blocks) -> dict[int, tuple[bool, ...]]:
    """For each event of ``page`` by its number, which of its inputs are texts of the browser's; the rest is ours."""
    return {
        number: tuple(isinstance(block, gr.Textbox) for block in event.inputs) for number, event in page.fns.items()
    }


def waits(page: gr.Blocks, session: str) -> bool:
    """Whether ``session`` has sent an event whose outcome it has not been told yet."""
    return session in page._queue.pending_messages_per_session  # noqa: SLF001  # Gradio has no question for it


def build_chat(recorder: Recorder, limiter: Limiter, metrics: Metrics, leaving: Leaving | None = None) -> gr.Blocks:
    """The page for the documents that the service answers from. ``leaving``: None where nothing can be left."""
    service = recorder.service
    events = Events(recorder, limiter, metrics, leaving)
    edition = principal(service.editions)
    page = gr.Blocks(title=f"{edition.title} 안내", analytics_enabled=False)
    with page, gr.Column(elem_id="page"):
        _html(header(service.editions), elem_id="top")
        with gr.Row(elem_id="body"):
            with gr.Column(elem_id="main", min_width=0):
                with gr.Column(elem_id="talk", min_width=0):
                    first = _html(starters(service.editions), elem_id="first")
                    chat = gr.Chatbot(
                        elem_id="chat",
                        label="대화",
                        show_label=False,
                        height="auto",
                        autoscroll=False,  # to the end of an answer; `static/chat-answers.js` shows its beginning
                        buttons=["copy"],
                        feedback_options=None,
                        allow_tags=False,
                        latex_delimiters=[],
                        visible="hidden",
                    )
                    with gr.Row(elem_id="rating"):
                        good = gr.Button("👍 도움이 됐어요", elem_id="good", size="sm", visible=False)
                        bad = gr.Button("👎 아쉬워요", elem_id="bad", size="sm", visible=False)
                    reason = gr.Textbox(
                        elem_id="reason",
                        label="어떤 점이 아쉬웠나요? (선택)",
                        submit_btn="의견 보내기",
                        max_length=MAX_REASON,
                        visible=False,
                    )
                    below = _html("", elem_id="below", visible=False)
                person = _html("", elem_id="person", visible=False)
                with gr.Row(elem_id="actions"):
                    hand_over = gr.Button("상담원 연결", elem_id="hand-over", size="sm")
                    new = gr.Button("새 대화", elem_id="new", size="sm")
                    # pressed by `static/chat-leave.js` alone
                    confirm = gr.Button("남긴 것 보이기", elem_id="confirm", size="sm", visible="hidden")
                with gr.Column(elem_id="asking", min_width=0):
                    _html(f'<p id="count" data-limit="{service.settings.max_characters}" hidden></p>')
                    # no `autofocus`, which takes the focus of a page around a frame, and no `max_length`, which cuts
                    # without a word: `static/chat-box.js` does both
                    token = gr.Textbox(elem_id="token", show_label=False, visible="hidden", submit_btn=True)
                    keeping = _html(kept(service.settings.conversation_hours, None), visible="hidden")
                    question = gr.Textbox(
                        elem_id="question",
                        placeholder="궁금한 점을 편하게 적어 주세요",
                        label="질문",
                        show_label=False,
                        submit_btn="보내기",
                    )
            _html(PANEL, elem_id="side")
        _html(f'<p id="notice">{NOTICE}</p>', elem_id="foot")
        state, handed_over = gr.State(Conversation()), gr.State(value="")
        asked_parts = [question, first, chat, good, bad, reason, person, handed_over, below, token, keeping, state]
        silent: dict[str, Any] = {"queue": False, "api_visibility": "private", "show_progress": "hidden"}
        # a notice needs the queue
        telling = silent | {"queue": True, "concurrency_limit": None}
        asked = question.submit(events.ask, [question, state, token], asked_parts, **telling)
        replied = asked.success(
            events.reply,
            state,
            [chat, good, bad, person, handed_over, below, state],
            concurrency_limit=CONCURRENT,
            api_visibility="private",
            show_progress="hidden",
        )
        good.click(partial(events.rate, True), state, [good, bad, reason], **telling)  # noqa: FBT003
        bad.click(partial(events.rate, False), state, [good, bad, reason], **telling)  # noqa: FBT003
        reason.submit(events.explain, [reason, state], reason, **telling)
        hand_over.click(events.hand_over, [handed_over, state], [person, reason, handed_over], **silent)
        confirm.click(events.confirm, [handed_over, state], [first, chat, good, bad, below, state], **silent)
        new.click(events.begin, None, asked_parts, cancels=[asked, replied], **silent)
        token.submit(events.restore, [token, state], [first, chat, good, bad, below, keeping, state], **telling)
    return page


def _html(html: str, **options: Any) -> gr.Markdown:  # noqa: ANN401
    """Our own HTML on the page; not by `gr.HTML`, whose templates are compiled in the browser ('unsafe-eval')."""
    return gr.Markdown(html, sanitize_html=False, latex_delimiters=[], **options)
