// 빈틈: questions without a good answer, alike ones together; curated questions out of them.

import { $, ask, empty, fault, h, period } from "./desk-dom.js";
import { openCurate, takeBack } from "./desk-curate.js";
import { watchEffect } from "./desk-effect.js";
import { openTalk } from "./desk-talks.js";

const list = $("#gaps-list");

async function load(wanted) {
  let found;
  list.setAttribute("aria-busy", "true");
  try {
    found = await ask(`gaps?${wanted}`);
    show(found);
  } catch (error) {
    list.replaceChildren(fault(error));
  }
  list.removeAttribute("aria-busy");
  return found;
}

function show(found) {
  $("#gaps-count").textContent = `${found.since}부터 ${found.until}까지 답하지 못했거나 ‘나쁨’을 받은 질문 ${found.total}개, 비슷한 것끼리 ${found.groups.length}묶음`;
  list.replaceChildren(...(found.groups.length ? found.groups.map(card) : [empty("이 기간에는 빈틈이 없습니다.")]));
  $("#gaps-thin").replaceChildren(
    h("ul", { class: "lines" }, found.thin.map((one) => h("li", {}, h("strong", {}, one.mark), one.title, h("span", { class: "gap" }),
      h("span", { class: "soft small" }, `대표 질문 ${one.curated}개 · 조 인용 ${one.cited}번`),
      h("button", { type: "button", "aria-label": `${one.mark}에 대표 질문 더하기`, onclick: () => openCurate("", one) }, "더하기")))),
    h("h3", {}, "이 기간에 인용되지 않은 조"),
    h("p", { class: "soft" }, found.silent.map((one) => `${one.name} ${one.title}`).join(", ") || "없음"));
}

function card({ asked, questions }) {
  const [first, ...others] = questions;
  return h("article", { class: "card" },
    h("div", { class: "head" }, h("span", { class: "badge count" }, `${asked}번`), about(first), h("span", { class: "gap" }),
      h("button", { type: "button", class: "plain small", "aria-haspopup": "dialog", onclick: () => openTalk(first.conversation) }, "대화 보기")),
    h("p", { class: "asked" }, first.text),
    first.understood && h("p", { class: "soft small" }, `이렇게 이해했습니다: ${first.understood}`),
    others.length > 0 && h("details", { open: others.length < 5 }, h("summary", {}, `비슷한 질문 ${others.length}개`),
      h("ul", {}, others.map((one) => h("li", { class: "head" }, one.text, about(one), one.asked > 1 && h("span", { class: "soft small" }, `${one.asked}번`))))),
    h("div", { class: "actions" },
      h("button", { type: "button", "aria-haspopup": "dialog", onclick: () => openCurate(first.text) }, "대표 질문으로 더하기"),
      h("button", { type: "button", "aria-haspopup": "dialog", onclick: () => openCurate(first.text, null) }, "범위 밖으로 표시")));
}

const about = (one) => [
  h("span", { class: `badge ${one.status}` }, one.status_name),
  one.bad > 0 && h("span", { class: "badge bad" }, `나쁨 ${one.bad}`),
  one.added && h("span", { class: "badge answered" }, `더함: ${one.added}`),
  one.reasons.map((reason) => h("span", { class: "soft small" }, `“${reason}”`)),
];

async function loadHistory() {
  const place = $("#gaps-history");
  try {
    const changes = await ask("questions");
    place.replaceChildren(changes.length ? h("ul", { class: "lines" }, changes.map(change)) : empty("아직 없습니다."));
  } catch (error) {
    place.replaceChildren(fault(error));
  }
}

const change = (one) => h("li", {}, h("span", {}, one.question), h("span", { class: "soft small" }, one.where), h("span", { class: "gap" }),
  one.undoable
    ? h("button", { type: "button", "aria-label": `“${one.question}” 되돌리기`, onclick: () => takeBack(one) }, "되돌리기")
    : h("span", { class: "soft small" }, "되돌림"));

export function startGaps() {
  const { show: showPeriod, reload } = period("gaps", load);
  document.addEventListener("curated", () => { loadHistory(); watchEffect(true); });
  document.addEventListener("rebuilt", () => reload());
  loadHistory();
  watchEffect();
  return { show: (part, values) => showPeriod(values) };
}
