// 목차: the whole document, folded by article, with a filter.

import { $, $$ } from "./desk-dom.js";

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

export function startContents() {
  $("#contents-filter").addEventListener("input", filter);
  for (const button of $$("[data-fold]", panel)) {
    button.addEventListener("click", () => {
      for (const one of $$("details", panel)) one.open = button.dataset.fold === "open";
    });
  }
  return {};
}
