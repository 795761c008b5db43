// 목차: the whole document, folded by article, with a filter.

import { $, $$, fault } from "./desk-dom.js";
import { onDay, withDay } from "./desk-day.js";

const panel = $("#contents");

function filter() {
  const wanted = $("#contents-filter").value.trim().toLowerCase();
  const articles = $$("details", panel);
  for (const one of articles) {
    one.hidden = !one.textContent.toLowerCase().includes(wanted);
    one.open = Boolean(wanted) && !one.hidden;
  }
  const left = articles.filter((one) => !one.hidden).length;
  $("#contents-count").textContent = wanted ? (left ? `${left}개 조` : "맞는 조가 없습니다.") : "";
}

/** The contents of the edition of the day, as the server makes them for the page. */
async function load() {
  const list = $("#contents-list");
  try {
    const response = await fetch(`/desk/contents?${withDay({})}`);
    if (!response.ok || response.redirected) throw new Error("목차를 읽지 못했습니다. 잠시 뒤 다시 시도해 주세요.");
    list.innerHTML = await response.text();
  } catch (error) {
    list.replaceChildren(fault(error));
  }
  filter();
}

export function startContents() {
  onDay(load);
  if (withDay({}).size) load(); // a day was picked before this tab was looked at
  $("#contents-filter").addEventListener("input", filter);
  for (const button of $$("[data-fold]", panel)) {
    button.addEventListener("click", () => {
      for (const one of $$("details", panel)) one.open = button.dataset.fold === "open";
    });
  }
  return {};
}
