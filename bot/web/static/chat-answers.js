// The answers: folded where they are long, named in Korean, their beginning in view, told to a screen reader once.

import { $, $$, bringToTop, roomOfTalk, say } from "./chat-dom.js";
import { count, release } from "./chat-box.js";
import { remember } from "./chat-copy.js";

// Gradio names these in English, or not at all, and has no setting for it
const NAMES = [[/^Copy message$/, "메시지 복사"], [/^Copied message$/, "복사했습니다"], [/^chatbot conversation$/, "대화"]];

// Of several near clauses the first is open; of what answers only what is very long is folded. Nothing is taken out of
// the page, so that a screen reader and a search in the page find it all.
const LONG = 260; // characters
function fold(quote) {
  quote.dataset.seen = "";
  const near = [...quote.parentElement.children].find((e) => e.tagName === "P" && e.textContent.startsWith("이와 가까운 내용으로"));
  near?.previousElementSibling?.classList.add("point");
  const first = $("blockquote", quote.parentElement) === quote;
  if (quote.textContent.trim().length <= (near && !first ? 60 : LONG)) return;
  quote.classList.add("folded");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "unfold", textContent: "전체 보기" });
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    const folded = quote.classList.toggle("folded");
    button.textContent = folded ? "전체 보기" : "접기";
    button.setAttribute("aria-expanded", String(!folded));
  });
  quote.append(button);
}

function name() {
  if (document.documentElement.lang !== "ko") document.documentElement.lang = "ko";
  // an answer grows: it is told when it is whole, by `finish`
  $("#chat [role='log']:not([aria-live='off'])")?.setAttribute("aria-live", "off");
  for (const row of $$("#chat .message-row:not([role])")) {
    row.setAttribute("role", "article");
    row.setAttribute("aria-label", row.classList.contains("user-row") ? "손님" : "약관봇");
  }
  for (const element of $$("#chat [aria-label], #chat [title]")) {
    for (const attribute of ["aria-label", "title"]) {
      const value = element.getAttribute(attribute);
      if (!value) continue;
      if (/^(bot|user)'s message: /.test(value)) element.removeAttribute(attribute);
      for (const [english, korean] of NAMES) if (english.test(value)) element.setAttribute(attribute, korean);
    }
  }
}

// The beginning of an answer stays in view while it grows, until the person scrolls or does something else.
let asked = 0;
let watching = false;
function showBeginning() {
  const questions = $$("#chat .user-row");
  if (questions.length !== asked) watching = questions.length > asked;
  asked = questions.length;
  if (!watching) return;
  const question = questions[asked - 1];
  const answer = $$("#chat .bot-row").at(-1);
  // a long question must not push the answer out of a low window
  const tall = question.offsetHeight > roomOfTalk() / 3 && answer && question.compareDocumentPosition(answer) & 4;
  bringToTop(tall ? answer : question);
}
for (const act of ["wheel", "touchmove", "pointerdown"]) addEventListener(act, () => { watching = false; }, { passive: true, capture: true });

const done = new WeakSet();

/** What stands below an answer comes when it is whole. */
function finish() {
  const below = $("#following");
  if (!below || done.has(below)) return;
  done.add(below);
  watching = false;
  release();
  const row = $$("#chat .bot-row").at(-1);
  if (!row) return;
  remember(row, JSON.parse(below.dataset.copy));
  // an earlier answer is no news
  if (!below.dataset.restored) say(`약관봇: ${$(".bot.message", row).innerText}`);
}

/** After each change of the page. */
export function look() {
  name();
  for (const quote of $$("#chat blockquote:not([data-seen])")) fold(quote);
  showBeginning();
  finish();
  count();
}
