// 요청: what customers left for an agent; one of them with its conversation beside the list, and its state.

import { $, $$, ask, empty, fault, h, pages, query, say } from "./desk-dom.js";
import { fill, go, here, putForm } from "./desk-address.js";
import { turn } from "./desk-talks.js";

const form = $("#requests-filter");
const list = $("#requests-list");
const one = $("#request");
const NAMES = Object.fromEntries($$("option[value]", form.elements.state).filter((o) => o.value).map((o) => [o.value, o.textContent]));
const NEWS_MS = 60_000;
const AWAY_MS = 30 * 60_000; // without a key or a touch nothing is asked for by itself: that would keep the login alive
let opened = "";
let present = performance.now();
let shown = 1;
let loaded = "";

async function load(page = shown) {
  shown = page;
  loaded = `requests?${query(form)}&page=${page}`;
  const asked = loaded;
  try {
    const found = await ask(asked);
    if (asked === loaded) show(found); // nobody asked for another list meanwhile
  } catch (error) {
    if (asked === loaded) list.replaceChildren(h("li", {}, fault(error)));
  }
}

/** What somebody asks for: the first page of other conditions, or another page of these. */
function turnTo(page = 1) {
  putForm(form, { page: page > 1 ? String(page) : "" });
  return load(page);
}

function show(found) {
  count(found.counts);
  list.replaceChildren(...(found.rows.length ? found.rows.map(line) : [h("li", {}, empty("조건에 맞는 요청이 없습니다."))]));
  $("#requests-pages").replaceChildren(...pages(found, turnTo));
  mark();
}

/** How many there are of each state, and on the tab how many are new. */
function count(counts) {
  $("#requests-count").textContent = Object.entries(NAMES).map(([state, name]) => `${name} ${counts[state]}`).join(" · ");
  const tab = $("#tab-requests");
  $(".badge", tab)?.remove();
  if (counts.new) tab.append(h("span", { class: "badge count" }, h("span", { class: "unseen" }, "새로 온 것 "), String(counts.new)));
}

const line = (row) => h("li", {}, h("button", { type: "button", "data-code": row.code, onclick: () => openRequest(row.code) },
  h("span", { class: "head" }, state(row), h("strong", {}, row.code), h("time", { datetime: row.iso, class: "soft small" }, row.at),
    row.reachable && h("span", { class: "badge" }, "연락처 있음"), notice(row)),
  h("span", { class: "about" }, row.about)));

const state = (row) => h("span", { class: `badge ${{ new: "bad", taken: "not_found", done: "answered" }[row.state]}` }, row.state_name);
const notice = (row) => row.notice === "failed" && h("span", { class: "badge error" }, row.notice_name);

function mark() {
  for (const button of $$("[data-code]", list)) button.setAttribute("aria-current", String(button.dataset.code === opened));
}

/** One request beside the list; `#/requests/<code>` is its permanent address. */
async function openRequest(code) {
  await go({ ...here(), part: code });
  return showRequest(code);
}

async function showRequest(code, { focus = true } = {}) {
  opened = code;
  mark();
  let found;
  try {
    found = whole(await ask(`requests/${encodeURIComponent(code)}`));
  } catch (error) {
    found = [fault(error)];
  }
  if (code !== opened) return; // another one was opened meanwhile
  one.replaceChildren(...found);
  if (!focus) return;
  one.focus({ preventScroll: true });
  one.scrollIntoView({ block: "nearest" });
}

const whole = (row) => [
  h("div", { class: "head" }, h("h3", {}, `요청 ${row.code}`), state(row), h("time", { datetime: row.iso, class: "soft small" }, row.at)),
  h("div", { class: "states", role: "group", "aria-label": "상태" }, Object.entries(NAMES).map(([name, text]) =>
    h("button", { type: "button", "aria-pressed": String(name === row.state), onclick: () => change(row.code, name) }, text))),
  row.notice === "failed" && h("p", { class: "fault" }, "BOT_WEBHOOK으로 알리지 못했습니다. 다음에 시작할 때 다시 알립니다."),
  h("p", {}, h("span", { class: "soft" }, "연락처 "), h("strong", {}, row.contact ?? "읽을 수 없음(열쇠 파일이 바뀜)") , row.contact === "" && "남기지 않음"),
  h("p", { class: "about" }, row.about),
  h("h4", {}, "대화"),
  row.entries.length ? row.entries.map(turn) : empty("이 대화에는 남은 질문이 없습니다."),
  h("div", { class: "row" }, h("a", { href: `/desk/#/requests/${row.code}`, class: "button" }, "이 요청의 주소"),
    "manages" in document.body.dataset && h("button", { type: "button", onclick: () => forget(row.code) }, "대화와 함께 지우기")),
].flat().filter(Boolean);

function close() {
  opened = "";
  one.replaceChildren();
  mark();
}

async function change(code, to) {
  try {
    const found = await ask(`requests/${encodeURIComponent(code)}/state`, { body: { state: to } });
    say(`${code}: ${found.state_name}`);
  } catch (error) {
    one.prepend(fault(error));
    return;
  }
  await Promise.all([load(), showRequest(code, { focus: false })]);
  $('.states [aria-pressed="true"]', one)?.focus(); // the button that was pressed was made anew
}

async function forget(code) {
  if (!confirm("이 요청과 대화를 지웁니다. 되돌릴 수 없습니다.")) return;
  try {
    await ask(`requests/${encodeURIComponent(code)}/forget`, { body: {} });
    say("지웠습니다");
  } catch (error) {
    one.prepend(fault(error));
    return;
  }
  close();
  go({ ...here(), part: "" }, { replace: true });
  await load();
  ($("button", list) ?? form.elements.text).focus();
}

function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const buttons = $$("[data-code]", list);
  const place = buttons.indexOf(event.target);
  if (!step || place < 0) return;
  event.preventDefault();
  buttons[place + step]?.focus();
}

/** Counts the new ones now and from time to time, while somebody is there. */
export async function watchRequests() {
  for (const act of ["keydown", "pointerdown"]) addEventListener(act, () => { present = performance.now(); }, true);
  const look = async () => {
    if (document.hidden || performance.now() - present > AWAY_MS) return;
    try { count((await ask("requests-counted")).counts); } catch { /* the next time */ }
  };
  setInterval(look, NEWS_MS);
  document.addEventListener("visibilitychange", look);
  await look();
}

export function startRequests() {
  form.addEventListener("submit", (event) => { event.preventDefault(); turnTo(); });
  form.elements.state.addEventListener("change", () => turnTo());
  list.addEventListener("keydown", move);
  return {
    show: (code, values, { again }) => {
      fill(form, values);
      const page = Number.parseInt(values.get("page"), 10) || 1;
      if (again || loaded !== `requests?${query(form)}&page=${page}`) load(page); // others deal with requests too
      if (!code) close();
      else if (again || code !== opened) showRequest(code, { focus: !again || code !== opened });
    },
  };
}
