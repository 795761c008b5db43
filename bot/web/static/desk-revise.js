// 개정: two editions side by side, and what follows from the new one.

import { $, $$, ask, empty, fault, h, query, table } from "./desk-dom.js";
import { here, named, putForm } from "./desk-address.js";
import { openTalk } from "./desk-talks.js";

const form = $("#revise-form");
const said = $("#revise-said");
const body = $("#revise-body");
const follows = $("#revise-follows");
let documents = [];
let asked = null; // what the address says of the form

/** Offer the editions of the document; chosen are those of `values`, or the pair that is looked at first. */
function choose(values = new URLSearchParams()) {
  const found = documents.find((one) => one.name === form.elements.terms.value);
  for (const [place, side] of ["old", "new"].entries()) {
    const dates = found.editions.map((one) => one.date);
    const wanted = dates.includes(values.get(side)) ? values.get(side) : found.pair?.[place];
    form.elements[side].replaceChildren(...found.editions.map((one) => h("option", { value: one.date, selected: one.date === wanted }, `${one.date} (${one.state})`)));
  }
  return found.pair !== null;
}

/** Compare what somebody chose. */
function change() {
  asked = query(form);
  putForm(form);
  load();
}

/** Compare what the address names. */
function take(values) {
  if (named(form, values) === asked || !documents.length) return;
  asked = named(form, values);
  const names = documents.map((one) => one.name);
  form.elements.terms.value = names.includes(values.get("terms")) ? values.get("terms") : names[0];
  form.elements.announced.value = values.get("announced") ?? "";
  if (choose(values)) load();
  else body.replaceChildren(empty("판이 하나뿐입니다. 개정안을 data/terms 아래에 시행일을 이름으로 넣으면 여기서 견줄 수 있습니다."));
}

async function load() {
  if (form.elements.old.value === form.elements.new.value) {
    follows.replaceChildren();
    body.replaceChildren(empty("서로 다른 두 판을 고르세요."));
    return;
  }
  const wanted = query(form);
  $("#revise-download").href = `/desk/revision.html?${wanted}`;
  said.textContent = "견주고 있습니다…";
  try {
    const found = await ask(`revision?${wanted}`);
    said.textContent = found.changed ? `바뀐 항이 ${found.changed}개 있습니다.` : "두 판의 글이 같습니다.";
    follows.replaceChildren(...consequences(found));
    body.innerHTML = found.html; // made by the server, which escapes all text of the terms
    $$("a[href^='#']", body).forEach((link) => link.addEventListener("click", jump));
  } catch (error) {
    said.textContent = "";
    follows.replaceChildren();
    body.replaceChildren(fault(error));
  }
}

// the address holds the tab: an anchor in it would lose that
function jump(event) {
  event.preventDefault();
  const target = $(event.currentTarget.getAttribute("href"), body);
  target?.scrollIntoView({ block: "start" });
}

function consequences({ questions, added, logged, contacts }) {
  const moved = (one) => (one.new && one.new !== one.old ? `${one.old} → ${one.new}` : one.old);
  const list = (items) => h("div", { class: "tall", tabindex: 0, role: "region", "aria-label": "대표 질문" }, table("살펴볼 대표 질문", ["항", "질문"], items.map((one) => [moved(one), one.text])));
  return [
    h("section", { "aria-labelledby": "revise-questions" },
      h("h3", { id: "revise-questions" }, "대표 질문"),
      h("p", {}, `그대로 따라감 ${questions.kept.toLocaleString()}개, 바뀐 항의 질문 ${questions.changed_count}개, 없어진 항의 질문 ${questions.lost_count}개, 다시 볼 범위 밖 질문 ${questions.unsettled_count.toLocaleString()}개`),
      added.length > 0 && h("p", {}, `새로 생겨 대표 질문이 없는 항: ${added.join(", ")}`),
      questions.changed.length > 0 && h("details", {}, h("summary", {}, "바뀐 항의 질문 살펴보기"), list(questions.changed)),
      questions.lost.length > 0 && h("details", {}, h("summary", {}, "없어진 항의 질문 살펴보기"), list(questions.lost))),
    h("section", { "aria-labelledby": "revise-logged" },
      h("h3", { id: "revise-logged" }, "바뀌는 조항을 안내받은 고객"),
      logged.length
        ? table("바뀌는 조항을 인용한 답변", ["조항", ["답변", "figure"], "마지막", "질문"], logged.map((one) => [
          `${one.mark}${one.gone ? " (삭제)" : ""}`, [one.count.toLocaleString(), "figure"], one.day,
          h("button", { type: "button", class: "plain", "aria-haspopup": "dialog", onclick: () => openTalk(one.conversation) }, one.question)]))
        : h("p", { class: "soft" }, "바뀌는 조항을 인용한 답변이 기록에 없습니다.")),
    contacts.length > 0 && h("section", { "aria-labelledby": "revise-contacts" },
      h("h3", { id: "revise-contacts" }, "연락처 조항"),
      h("ul", {}, contacts.map((one) => h("li", {}, one.new ? `${one.old} → ${one.new}: 번호가 저절로 따라갑니다.` : `${one.old}: 개정안에 없습니다. terms.toml의 contact를 고치세요.`)))),
  ].filter(Boolean);
}

export function startRevising() {
  const begin = async () => {
    try {
      documents = (await ask("editions")).filter((one) => one.editions.length);
      form.elements.terms.replaceChildren(...documents.map((one) => h("option", { value: one.name }, one.title)));
      take(here().values);
    } catch (error) {
      body.replaceChildren(fault(error));
    }
  };
  form.elements.terms.addEventListener("change", () => choose() && change());
  form.addEventListener("submit", (event) => { event.preventDefault(); change(); });
  $("#revise-print").addEventListener("click", () => print());
  begin();
  return { show: (part, values) => take(values) };
}
