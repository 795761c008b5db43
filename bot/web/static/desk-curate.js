// A curated question: its wording, its paragraph (or out of scope), and what is answered before and after.

import { $, $$, answer, ask, fault, h, say } from "./desk-dom.js";

import { closed, put } from "./desk-address.js";

const dialog = $("#curate");
const bar = $("#rebuild");
const POLL = 700; // ms
const LONGEST = 200; // letters of a question
const SHOWN = 6; // paragraphs to choose from
const MOST = 6; // paragraphs of a question
const NAMES = ["add", "outside", "to"]; // of the parameters that say what is being added
let opened = "";
let picked = []; // paragraphs of the question, in the order in which they were chosen

/** `clause`: where to; null: out of scope; undefined: chosen from suggestions. The address names the dialog. */
export async function openCurate(text, clause) {
  const to = clause ? `${clause.article}/${clause.paragraph}` : "";
  const values = clause === null ? { outside: text } : { add: text, to };
  await put(values);
  showCurate(new URLSearchParams(Object.entries(values).filter(([, value]) => value)));
}

/** Show the dialog that the address names, or none. */
export function showCurate(values) {
  if (!dialog) return; // nothing is curated in this role
  const named = NAMES.map((name) => values.get(name) ?? "");
  const wanted = named.join("\n").trim();
  if (wanted === opened) return;
  opened = wanted;
  const [add, outside, to] = named;
  const [article, paragraph = ""] = to.split("/");
  if (!wanted) dialog.close();
  else open((outside || add).slice(0, LONGEST), outside ? null : to ? { article, paragraph } : undefined);
}

/** A dialog that is closed is no longer in the address. */
export function watchCurate() {
  dialog?.addEventListener("close", () => { opened = ""; closed(NAMES); });
}

function open(text, clause) {
  const outside = clause === null;
  picked = [];
  const question = h("input", { type: "text", id: "curate-question", maxlength: LONGEST, required: true, value: text });
  const trial = h("div", { role: "status" });
  const choices = h("fieldset", { class: "choices", "aria-label": "조항" });
  const finder = h("input", { type: "search", id: "curate-find", autocomplete: "off", placeholder: "낱말이나 번호로 항 찾기" });
  const problem = h("div");
  let timer = 0;
  finder.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => suggest(finder.value, choices), 200); });

  const form = h("form", { onsubmit: (event) => { event.preventDefault(); add(question.value, outside, problem); } },
    h("label", { for: "curate-question" }, "고객의 말로 쓴 질문 한 줄 (고쳐 적어도 됩니다)"), question,
    outside
      ? h("p", { class: "soft" }, "약관이 답하지 않는 질문으로 배웁니다. 비슷한 질문에 “약관에서 확인되지 않는 내용”이라고 답하게 됩니다.")
      : [h("label", { for: "curate-find" }, "이 질문에 답하는 항 (함께 답해야 하면 여럿 고르세요)"), finder, choices],
    problem, trial,
    h("div", { class: "row" },
      h("button", { type: "button", onclick: () => attempt(question.value, trial) }, "지금 답 보기"),
      h("button", { type: "button", onclick: () => dialog.close() }, "그만두기"),
      h("button", { class: "main" }, outside ? "범위 밖으로 표시" : "더하기")));
  dialog.replaceChildren(h("h2", { id: "curate-title" }, outside ? "범위 밖으로 표시" : "대표 질문 더하기"), form);
  if (!dialog.open) dialog.showModal();
  question.focus();
  if (!outside) suggest(clause ? `${clause.article}조 ${clause.paragraph}항` : text, choices, Boolean(clause));
}

const choice = (value, checked) => h("input", { type: "checkbox", name: "clause", checked, value, onchange: (event) => pick(value, event.target.checked) });

/** Keep the order in which paragraphs are chosen; it outlives another search. */
function pick(value, taken) {
  picked = picked.filter((one) => one !== value);
  if (taken) picked.push(value);
}

let running = new AbortController();

/** Paragraphs to choose from; the first one is chosen only if it was asked for: nobody takes a wrong one unseen. */
async function suggest(text, choices, sure = false) {
  running.abort();
  running = new AbortController();
  if (!text.trim()) return;
  try {
    const { hits } = await ask(`search?${new URLSearchParams({ q: text })}`, running);
    const known = $$("label", choices).filter((one) => picked.includes($("input", one).value));
    const found = hits.slice(0, SHOWN).map((hit) => [JSON.stringify([hit.terms, hit.article, hit.paragraph]), hit]);
    if (sure && found.length) picked = [found[0][0]];
    const fresh = found.filter(([value]) => !known.some((one) => $("input", one).value === value));
    choices.replaceChildren(...known, ...fresh.map(([value, hit]) => h("label", {}, choice(value, picked.includes(value)),
      h("span", {}, h("strong", {}, `${hit.mark} ${hit.title}`), h("br"), hit.pieces.map(([piece]) => piece).join("")))));
  } catch (error) {
    if (error.name !== "AbortError") choices.replaceChildren(fault(error));
  }
}

async function attempt(question, place) {
  try {
    const found = await ask("try", { body: { question } });
    place.replaceChildren(h("p", {}, h("span", { class: `badge ${found.status}` }, found.status_name)), answer(found.answer));
  } catch (error) {
    place.replaceChildren(fault(error));
  }
}

async function add(question, outside, problem) {
  problem.replaceChildren();
  if (!outside && !(picked.length && picked.length <= MOST)) {
    problem.replaceChildren(fault(new Error(picked.length ? `항은 ${MOST}개까지 고를 수 있습니다.` : "항을 하나 이상 골라 주세요.")));
    return;
  }
  const [[terms, article, paragraph], ...further] = outside ? [[dialog.dataset.terms, "", ""]] : picked.map((one) => JSON.parse(one));
  if (further.some(([other]) => other !== terms)) {
    problem.replaceChildren(fault(new Error("한 약관의 항만 함께 고를 수 있습니다.")));
    return;
  }
  try {
    const added = await ask("questions", { body: { question, terms, article, paragraph, more: further.map((one) => one.slice(1)) } });
    dialog.close();
    changed(`더했습니다: ${added.where}`);
  } catch (error) {
    problem.replaceChildren(fault(error));
  }
}

/** Take out the line of a change again. */
export async function takeBack({ terms, token }) {
  try {
    await ask("questions/undo", { body: { terms, token } });
    changed("되돌렸습니다");
  } catch (error) {
    say(error.message);
  }
}

function changed(text) {
  say(text);
  document.dispatchEvent(new Event("curated"));
  watch();
}

/** Show that the index is being made anew, until it is. */
async function watch() {
  bar.hidden = false;
  bar.className = "bar";
  bar.textContent = "색인을 다시 만드는 중입니다. 그동안은 이전 색인으로 답합니다.";
  for (;;) {
    await new Promise((done) => setTimeout(done, POLL));
    const { state, message } = await ask("rebuild").catch((error) => ({ state: "failed", message: error.message }));
    if (state === "running") continue;
    bar.hidden = state === "ready";
    if (state === "failed") {
      bar.classList.add("failed");
      bar.textContent = message;
    } else {
      say("새 색인으로 답합니다");
    }
    document.dispatchEvent(new Event("rebuilt"));
    return;
  }
}
