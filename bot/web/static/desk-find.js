// 조항 찾기: a box, hits while typing, arrow keys, the whole article.

import { $, $$, ask, fault, h } from "./desk-dom.js";
import { copy } from "./desk-copy.js";
import { here, put } from "./desk-address.js";
import { clear, citedParagraph, openArticle, showArticle } from "./desk-clause.js";
import { onDay, takeDay, withDay } from "./desk-day.js";
import { onEnter } from "./enter.js";

const WAIT = 120; // ms after the last key
const box = $("#query");
const list = $("#hits");
let hits = [];
let searched = ""; // what they were found for; null: for another day
let chosen = 0;
let timer = 0;
let typing = false; // the last step of the address is what is being written
let running = new AbortController();

async function search() {
  const text = box.value.trim();
  clearTimeout(timer);
  running.abort(); // an older answer never replaces a newer one
  running = new AbortController();
  if (!text) { searched = ""; return show([], ""); }
  try {
    const found = await ask(`search?${withDay({ q: text })}`, running);
    const none = found.absent || "찾은 항이 없습니다. 다른 말로 찾아 보세요.";
    searched = text;
    show(found.hits, (found.hits.length ? `찾은 항 ${found.hits.length}개` : none) + (found.from && ` · ${found.from}`));
  } catch (error) {
    if (error.name !== "AbortError") show([], "", error);
  }
}

function show(found, text, error) {
  hits = found;
  list.replaceChildren(...hits.map(option));
  list.hidden = !hits.length;
  box.setAttribute("aria-expanded", !list.hidden);
  $("#hints").hidden = hits.length > 0;
  $("#found").replaceChildren(error ? fault(error) : text);
  choose(0);
}

function option(hit, place) {
  return h("div", { role: "option", id: `hit-${place}`, onclick: () => { choose(place); open(); } },
    h("div", { class: "head" }, h("strong", {}, hit.mark), h("span", {}, marked(hit.title_pieces)),
      h("span", { class: "gap" }), hit.reasons.map((reason) => h("span", { class: "badge" }, reason))),
    h("p", {}, marked(hit.pieces)),
    hit.question && h("p", { class: "soft small" }, `대표 질문: ${hit.question}`));
}

const marked = (pieces) => pieces.map(([text, matched]) => (matched ? h("mark", {}, text) : text));

function choose(place) {
  chosen = place;
  for (const [i, one] of $$('[role="option"]', list).entries()) {
    one.setAttribute("aria-selected", i === place);
    if (i === place) one.scrollIntoView({ block: "nearest" });
  }
  if (hits.length) box.setAttribute("aria-activedescendant", `hit-${place}`);
  else box.removeAttribute("aria-activedescendant");
}

function open({ step = false } = {}) {
  const hit = hits[chosen];
  typing = false;
  if (hit) openArticle(hit.terms, hit.article, hit.paragraph, { step });
}

/** Search for what somebody wrote; while they go on writing it is one step of the address, an open article ends it. */
function searchTyped() {
  put({ q: box.value.trim() }, { replace: typing || !here().values.has("clause") });
  typing = true;
  return search();
}

/** The first hit of what the box holds now, even if it was typed a moment ago. */
async function openTyped() {
  if (box.value.trim() !== searched) {
    await searchTyped();
  }
  if (box.value.trim() === searched) open();
}

const copyChosen = () => hits[chosen] && copy(hits[chosen]);

function pressInBox(event) {
  if (event.isComposing) return; // the key ends a syllable
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && hits.length) {
    event.preventDefault();
    choose((chosen + step + hits.length) % hits.length);
  } else if (event.key === "Escape") {
    clear();
    put({ clause: "" });
  }
}

/** Keys outside of the box, while this tab is shown. */
function press(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.code === "KeyC") citedParagraph() ? copy(citedParagraph()) : copyChosen();
  else if (event.key === "Escape") focus();
  else if (step && hits.length && $("#clause").contains(document.activeElement)) {
    event.preventDefault();
    choose((chosen + step + hits.length) % hits.length);
    open({ step: true });
  }
}

function focus() {
  box.focus();
  box.select();
}

/** Search for what the address says, and open what it names. */
async function take(part, values) {
  typing = false;
  takeDay(values.get("day") ?? "");
  const text = values.get("q") ?? "";
  if (text !== searched) {
    box.value = text;
    await search();
    if (here().values.get("q") !== values.get("q")) return; // somebody went on meanwhile
  }
  const clause = values.get("clause") ?? "";
  if (!clause) return clear();
  const place = hits.findIndex((hit) => [hit.terms, hit.article, hit.paragraph].join("/") === clause);
  if (place >= 0) choose(place);
  return showArticle(clause, { focus: false });
}

export function startFinding() {
  onDay(() => {
    clear();
    if (here().tab === "find") search();
    else searched = null;
  });
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(searchTyped, WAIT); });
  box.addEventListener("keydown", pressInBox);
  onEnter((element) => element === box, (event) => (event.ctrlKey || event.metaKey ? copyChosen() : openTyped()));
  for (const button of $$("[data-example]")) {
    button.addEventListener("click", () => { box.value = button.dataset.example; box.focus(); searchTyped(); });
  }
  return { press, focus, show: take };
}
