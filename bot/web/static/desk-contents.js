// 목차: the whole document, folded by article, with a filter.

import { $, $$, fault } from "./desk-dom.js";
import { here, put } from "./desk-address.js";
import { chosenDay, onDay, takeDay, withDay } from "./desk-day.js";

const panel = $("#contents");
const box = $("#contents-filter");
const ALL = "all";

const nameOf = (article) => article.id.slice("contents-".length);

/** Fold and hide: with a filter what matches is open, without one what `open` names. */
function arrange(open) {
  const wanted = box.value.trim().toLowerCase();
  const articles = $$("details", panel);
  const names = open.split(",");
  for (const one of articles) {
    one.hidden = !one.textContent.toLowerCase().includes(wanted);
    one.open = wanted ? !one.hidden : open === ALL || names.includes(nameOf(one));
  }
  const left = articles.filter((one) => !one.hidden).length;
  $("#contents-count").textContent = wanted ? (left ? `${left}개 조` : "맞는 조가 없습니다.") : "";
}

/** Have the address say what is open. */
function remember() {
  const articles = $$("details", panel);
  const open = articles.filter((one) => one.open);
  put({ open: open.length === articles.length ? ALL : open.map(nameOf).join(",") }, { replace: true });
}

/** The contents of the edition of the day, as the server makes them for the page. */
async function load() {
  const list = $("#contents-list");
  const day = chosenDay();
  try {
    const response = await fetch(`/desk/contents?${withDay({})}`);
    if (!response.ok || response.redirected) throw new Error("목차를 읽지 못했습니다. 잠시 뒤 다시 시도해 주세요.");
    const html = await response.text();
    if (day !== chosenDay()) return; // another day was picked meanwhile
    list.innerHTML = html;
  } catch (error) {
    list.replaceChildren(fault(error));
  }
  arrange(here().values.get("open") ?? "");
}

export function startContents() {
  onDay(load);
  if (chosenDay()) load(); // a day was picked before this tab was looked at
  box.addEventListener("input", () => {
    arrange("");
    put({ filter: box.value.trim(), open: "" }, { replace: true });
  });
  for (const button of $$("[data-fold]", panel)) {
    button.addEventListener("click", () => {
      for (const one of $$("details", panel)) one.open = button.dataset.fold === "open";
      remember();
    });
  }
  panel.addEventListener("click", (event) => {
    if (event.target.closest("summary") && !box.value.trim()) setTimeout(remember); // it is open or closed then
  });
  return {
    show: (part, values) => {
      takeDay(values.get("day") ?? "");
      const text = values.get("filter") ?? "";
      if (box.value.trim() !== text) box.value = text;
      arrange(values.get("open") ?? "");
    },
  };
}
