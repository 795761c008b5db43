// An answer as plain text for a messenger, as the server wrote it: it comes with the answer.

import { $, $$, say } from "./chat-dom.js";
import { copy } from "./clipboard.js";

const SHOWN_MS = 2500;
const texts = new Map();

function words(element) {
  const copied = element.cloneNode(true);
  for (const button of $$("button", copied)) button.remove();
  return copied.textContent.replace(/\s+/g, " ").trim();
}

/** What a row shows, with its question: Gradio may put another answer into the same element. */
function shown(row) {
  const rows = $$("#chat .message-row");
  const question = rows.slice(0, rows.indexOf(row)).findLast((one) => one.classList.contains("user-row"));
  return [question, row].map((one) => (one ? words($(".prose", one)) : "")).join("\n");
}

/** `text` is what is copied of the answer in `row`; a server that does not know its address leaves it to the browser. */
export function remember(row, text) {
  texts.set(shown(row), text.replace(/^\/terms\//gm, `${location.origin}/terms/`));
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("#chat .message-buttons button");
  if (!button) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const row = button.closest(".message-buttons").previousElementSibling;
  const text = texts.get(shown(row));
  if (!text) { say("답이 끝난 뒤에 복사해 주세요."); return; }
  const done = await copy(text);
  say(done ? "복사했습니다" : "복사하지 못했습니다. 글을 선택해 직접 복사해 주세요.");
  button.dataset.said = done ? "복사했습니다" : "복사하지 못했습니다";
  setTimeout(() => { delete button.dataset.said; }, SHOWN_MS);
}, true);
