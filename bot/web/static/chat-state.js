// How the server is: the line about loading, the days of the editions, and Gradio's notices in Korean.

import { $, $$ } from "./chat-dom.js";
import { release } from "./chat-box.js";
import { kept } from "./chat-kept.js";

const TEXT = {
  loading: "답변을 준비하고 있습니다. 지금 질문하셔도 됩니다. 준비되는 대로 답해 드립니다.",
  failed: "지금은 답변할 수 없습니다. 잠시 뒤 다시 시도해 주세요.",
};

// Gradio makes the page once, and an edition may have come into force since
async function showEditions() {
  const { terms } = await (await fetch("/api/terms")).json();
  for (const date of $$("[data-edition]")) {
    date.textContent = terms.find(({ name }) => name === date.dataset.edition)?.edition ?? date.textContent;
  }
}

let dated = false;
export async function poll() {
  const line = $("#state");
  if (line && !dated) { dated = true; showEditions().catch(() => {}); }
  let state = "loading", missing = "";
  try { ({ state, missing = "" } = await (await fetch("/healthz")).json()); } catch { state = "failed"; }
  const text = TEXT[state] ?? missing;
  if (line) {
    line.hidden = !text;
    if (line.textContent !== text) line.textContent = text;
    line.className = state;
  }
  if (state === "loading" || !line) setTimeout(poll, 700);
  else if (state === "failed" || missing) setTimeout(poll, 5000);
}

const LOST = "서버와 연결이 끊어졌습니다. 인터넷 연결을 확인한 뒤 새로 고쳐 주세요.";
const [ALL_STAYS, TEXT_STAYS] = ["대화와 쓰시던 글은 남아 있습니다.", "쓰시던 글은 남아 있습니다."];
const FAILED = "지금은 보내지 못했습니다. 잠시 뒤 다시 시도해 주세요.";
const seen = new WeakSet();

/** Ours are in Korean; whatever Gradio says by itself is of a connection, or of an answer that did not come. */
export function translateNotices() {
  // a button within a button cannot be pressed by everybody; the inner one closes
  for (const header of $$(".toast-header[role]")) { header.removeAttribute("role"); header.removeAttribute("tabindex"); }
  for (const close of $$(".toast-close:not([aria-label='닫기'])")) close.setAttribute("aria-label", "닫기");
  for (const text of $$(".toast-wrap [data-testid='toast-text']")) {
    if (!seen.has(text)) release();
    seen.add(text);
    if (/[가-힣]/.test(text.textContent)) continue;
    const lost = /connection|network|fetch/i.test(text.textContent);
    text.textContent = lost ? `${LOST} ${kept().token ? ALL_STAYS : TEXT_STAYS}` : FAILED;
    if (lost) text.append(again());
  }
}

// Gradio finds its way back by an address that this server does not have; a page that comes anew restores the talk
function again() {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "again", textContent: "새로 고침" });
  button.addEventListener("click", () => location.reload());
  return button;
}
