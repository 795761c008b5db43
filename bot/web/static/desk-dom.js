// Elements, requests and what is said aloud. Text is always put in as text.

import { fill, named, putForm } from "./desk-address.js";

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** An element: h("p", { class: "soft", onclick: act }, "글", other). */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** HTML that the server made of an answer's Markdown, which holds no tags of the text itself. */
export function answer(html) {
  const element = h("div", { class: "answer" });
  element.innerHTML = html;
  for (const link of $$("a", element)) link.target = "_blank";
  return element;
}

let quiet = 0;

/** Say something in the live region, for some seconds. */
export function say(text) {
  const region = $("#said");
  region.textContent = "";
  clearTimeout(quiet);
  requestAnimationFrame(() => { region.textContent = text; });
  quiet = setTimeout(() => { region.textContent = ""; }, 4000);
}

/** What the server answers; an Error with its Korean line otherwise. */
export async function ask(path, { body, file, signal } = {}) {
  const options = file ? { signal, method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" } } : body === undefined ? { signal } : {
    signal, method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" },
  };
  let response;
  try {
    response = await fetch(`/desk/api/${path}`, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("서버에 연결하지 못했습니다. 잠시 뒤 다시 시도해 주세요.");
  }
  const found = await response.json().catch(() => ({}));
  if (response.status === 401) location.assign(`/desk/login${location.hash}`);
  if (!response.ok) throw new Error(found.detail || "처리하지 못했습니다. 잠시 뒤 다시 시도해 주세요.");
  return found;
}

export const fault = (error) => h("p", { class: "fault", role: "alert" }, error.message);
export const empty = (text) => h("div", { class: "empty" }, text);

/** A table out of headings and rows of cells; a heading or cell may be [content, class]. */
export function table(label, headings, rows) {
  const pair = (cell) => (Array.isArray(cell) ? cell : [cell]);
  const line = (tag, cells) => h("tr", {}, cells.map(pair).map(([content, kind]) =>
    h(tag, { class: kind, scope: tag === "th" ? "col" : null }, content)));
  return h("table", { "aria-label": label }, h("thead", {}, line("th", headings)), h("tbody", {}, rows.map((cells) => line("td", cells))));
}

/** What turns to the page before and behind; `load(page)`. Nothing for a single page. */
export function pages({ total, page, size }, load) {
  const last = Math.max(1, Math.ceil(total / size));
  const turn = (to, text) => h("button", { type: "button", disabled: to < 1 || to > last, onclick: () => load(to) }, text);
  return last > 1 ? [turn(page - 1, "← 앞 쪽"), `${page} / ${last}`, turn(page + 1, "다음 쪽 →")] : [];
}

/** The filled fields of a form as an address query. */
export function query(form) {
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  return new URLSearchParams(filled).toString();
}

/** Call `load(query)` for the period of a form whenever it is another one; `show(values)` takes it from the address. */
export function period(name, load) {
  const form = $(`form[data-period="${name}"]`);
  let asked = null; // what the address says of it
  const reload = async () => {
    const found = await load(query(form));
    for (const side of ["since", "until"]) form.elements[side].value ||= found?.[side] ?? "";
  };
  const change = () => {
    asked = query(form);
    putForm(form);
    reload();
  };
  const show = (values) => {
    if (named(form, values) === asked) return;
    asked = named(form, values);
    fill(form, values);
    reload();
  };
  for (const button of $$("[data-days]", form)) {
    button.addEventListener("click", () => {
      const until = new Date(`${document.body.dataset.today}T00:00:00Z`);
      form.elements.until.value = document.body.dataset.today;
      form.elements.since.value = new Date(until - (button.dataset.days - 1) * 86400000).toISOString().slice(0, 10);
      change();
    });
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); change(); });
  return { show, reload };
}
