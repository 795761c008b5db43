// 통계: figures, plots and the numbers behind them.

import { $, ask, empty, fault, h, period, table } from "./desk-dom.js";

const body = $("#stats-body");

async function load(wanted) {
  try {
    const found = await ask(`statistics?${wanted}`);
    show(found);
    return found;
  } catch (error) {
    body.replaceChildren(fault(error));
  }
}

function show(found) {
  if (!found.total) {
    body.replaceChildren(empty(`${found.since}부터 ${found.until}까지 기록된 질문이 없습니다.`));
    return;
  }
  const right = ([name, ...numbers]) => [name, ...numbers.map((number) => [number.toLocaleString(), "figure"])];
  body.replaceChildren(
    h("p", { class: "soft", role: "status" }, `${found.since}부터 ${found.until}까지`),
    h("dl", { class: "figures" }, found.figures.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
    h("div", { class: "plots" }, found.plots.map((one) => h("figure", { tabindex: 0, "aria-label": one.title }, h("img", { src: one.src, alt: one.alt, loading: "lazy" })))),
    h("div", { class: "two even" },
      h("section", {}, h("h3", {}, "날짜별"), h("div", { class: "tall", tabindex: 0, role: "region", "aria-label": "날짜별 표" }, table("날짜별",
        right(["날짜", "질문", "답함", "약관에 없음", "그 밖", "대화·되물음", "좋음", "나쁨"]), found.days.map(right)))),
      h("section", {}, h("h3", {}, "조별"), table("조별", right(["조", "인용한 답변"]), found.articles.map(right)))));
}

export function startStatistics() {
  const { show: showPeriod } = period("stats", load);
  return { show: (part, values) => showPeriod(values) };
}
