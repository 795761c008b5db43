// How a question ends on two sides: with a draft and without it, before a change and after it.

import { h } from "./desk-dom.js";

/** Two endings beside one another, under their names. */
export const sides = (names, endings) => h("div", { class: "sides" }, names.map((name, place) => side(name, endings[place])));

function side(name, ending) {
  return h("div", {}, h("strong", { class: "soft small" }, name), h("span", { class: `badge ${ending.status}` }, ending.status_name),
    ending.cited.length === 0 && h("p", { class: "soft" }, "따로 인용하는 조항이 없습니다."),
    ending.cited.map((cited) => h("p", {}, h("strong", {}, cited.mark), " ", cited.text)));
}

/** The questions behind the first of those that end alike. */
export const others = (questions) => questions.length > 1
  && h("details", {}, h("summary", {}, `똑같이 바뀌는 질문 ${questions.length - 1}개 더`), h("ul", {}, questions.slice(1).map((text) => h("li", {}, text))));

/** How many questions such groups hold. */
export const count = (groups) => groups.reduce((sum, one) => sum + one.questions.length, 0);
