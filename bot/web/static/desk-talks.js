// 대화: what customers asked, filtered and in pages; one conversation with all its answers.

import { $, answer, ask, empty, fault, h, pages, query, table } from "./desk-dom.js";
import { closed, fill, put, putForm } from "./desk-address.js";

const form = $("#talks-filter");
const list = $("#talks-list");
const dialog = $("#talk");
let loaded = "";
let opened = "";

async function load(page) {
  const wanted = query(form);
  loaded = `conversations?${wanted}&page=${page}`;
  const asked = loaded;
  try {
    const found = await ask(asked);
    if (asked === loaded) show(found); // nobody asked for another list meanwhile
  } catch (error) {
    if (asked === loaded) list.replaceChildren(fault(error));
  }
}

/** What somebody asks for: the first page of other conditions, or another page of these. */
function turnTo(page = 1) {
  putForm(form, { page: page > 1 ? String(page) : "" });
  return load(page);
}

const pageOf = (values) => Number.parseInt(values.get("page"), 10) || 1;

function show({ rows, total, page, size }) {
  $("#talks-count").textContent = `질문 ${total.toLocaleString()}개`;
  list.replaceChildren(rows.length
    ? table("대화", ["질문", "상태", "평가", "인용", "창구", "시각"], rows.map(cells))
    : empty("조건에 맞는 질문이 없습니다."));
  $("#talks-pages").replaceChildren(...pages({ total, page, size }, turnTo));
}

const cells = (row) => [
  [h("button", { type: "button", class: "plain", "aria-haspopup": "dialog", onclick: () => openTalk(row.conversation) }, row.question), "question"],
  [h("span", { class: `badge ${row.status}` }, row.status_name), "short"],
  [row.rating_name, "short"],
  [clauses(row.citations), "cited-cell"],
  [row.channel_name, "short"],
  [h("time", { datetime: row.iso, class: "soft" }, row.at), "short"],
];

const clauses = (citations) => h("div", { class: "marks" }, citations.map((one) => h("a", { href: one.url, target: "_blank" }, one.mark)));

/** One conversation with all its answers, in a dialog that the address names. */
export async function openTalk(id) {
  await put({ talk: id });
  return showTalk(id);
}

/** Show the conversation that the address names, or none for "". */
export async function showTalk(id) {
  if (id === opened) return;
  opened = id;
  if (!id) { dialog.close(); return; }
  let body;
  try {
    body = (await ask(`conversations/${encodeURIComponent(id)}`)).entries.map(turn);
  } catch (error) {
    body = [fault(error)];
  }
  if (id !== opened) return; // it was closed, or another one opened meanwhile
  dialog.replaceChildren(h("h2", { id: "talk-title" }, "대화"), ...body,
    h("form", { method: "dialog" }, h("button", { class: "main" }, "닫기")));
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}

/** A question with its answer. */
export const turn = (entry) => h("article", { class: "talk" },
  h("div", { class: "head soft small" }, h("time", { datetime: entry.iso }, entry.at), entry.channel_name,
    h("span", { class: `badge ${entry.status}` }, entry.status_name), entry.rating_name,
    entry.reason && `“${entry.reason}”`, h("span", { class: "gap" }), `${entry.elapsed_ms} ms`),
  h("p", { class: "question" }, entry.question),
  entry.interpreted && h("p", { class: "soft small" }, `이렇게 이해했습니다: ${entry.interpreted}`),
  answer(entry.answer), entry.checks.length > 0 && checks(entry.checks));

/** What a language model said, sentence by sentence, and what became of it. */
const checks = (sentences) => h("details", { class: "checks small" },
  h("summary", {}, `문장별 검증 (${sentences.length})`),
  h("ol", {}, sentences.map((one) => h("li", {},
    h("span", { class: `badge ${one.outcome}` }, one.outcome_name), ` ${one.text} `,
    h("span", { class: "soft" }, [one.clauses, one.faults && `잘못: ${one.faults}`,
      one.unchecked && `확인하지 못함: ${one.unchecked}`].filter(Boolean).join(" · "))))));

async function openCode(event) {
  event.preventDefault();
  const codes = $("#code-form");
  codes.nextElementSibling.replaceChildren();
  try {
    await openTalk((await ask(`codes/${encodeURIComponent(codes.elements.code.value)}`)).conversation);
  } catch (error) {
    codes.nextElementSibling.replaceChildren(fault(error));
  }
}

/** All that is filtered as a table: what for is asked first, and stands in the access record. */
function take() {
  const dialog = $("#taking");
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  $("#taking-fields").replaceChildren(...filled.map(([name, value]) => h("input", { type: "hidden", name, value })));
  dialog.showModal();
}

export function startTalks() {
  form.addEventListener("submit", (event) => { event.preventDefault(); turnTo(); });
  form.addEventListener("reset", () => requestAnimationFrame(() => turnTo()));
  $("#code-form").addEventListener("submit", openCode);
  $("#export")?.addEventListener("click", take);
  $("#taking [data-close]")?.addEventListener("click", () => $("#taking").close());
  $("#taking form")?.addEventListener("submit", () => $("#taking").close());
  return {
    show: (part, values) => {
      fill(form, values);
      if (loaded !== `conversations?${query(form)}&page=${pageOf(values)}`) load(pageOf(values));
    },
  };
}

/** A dialog that is closed is no longer in the address. */
export function watchTalk() {
  dialog.addEventListener("close", () => { opened = ""; closed(["talk"]); });
}
