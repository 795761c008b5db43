// A whole article beside the hits, one paragraph marked.

import { $, ask, fault, h } from "./desk-dom.js";
import { put } from "./desk-address.js";
import { withDay } from "./desk-day.js";

const place = $("#clause");
let shown = ""; // what is there, or is being fetched

/** Show an article, and have the address name it; `step`: from one hit to the next, which Back passes by. */
export async function openArticle(terms, number, paragraph = "", { step = false } = {}) {
  const clause = [terms, number, paragraph].filter(Boolean).join("/");
  await put({ clause }, { replace: step });
  return showArticle(clause);
}

/** Show what the address names: "<terms>/<article>/<paragraph>"; the paragraph is marked and, with `focus`, gets the keyboard. */
export async function showArticle(clause, { focus = true } = {}) {
  const [terms, number = "", paragraph = ""] = clause.split("/");
  const wanted = `${clause}?${withDay({})}`;
  if (wanted === shown) return;
  shown = wanted;
  let found;
  try {
    found = await ask(`article?${withDay({ terms, number })}`);
  } catch (error) {
    if (wanted === shown) place.replaceChildren(fault(error));
    return;
  }
  if (wanted !== shown) return; // another one was asked for meanwhile
  place.replaceChildren(
    h("header", {}, h("h3", {}, `${found.name} (${found.title})`), h("p", { class: "soft small" }, `${found.document} · 시행일 ${found.edition} `,
      found.other && h("span", { class: "badge not_found" }, "지금은 다른 판이 시행 중"))),
    h("ol", {}, found.paragraphs.map((one) => line(one, one.number === paragraph))),
    h("nav", { "aria-label": "앞뒤 조" }, neighbour(found, found.previous, "← 앞 조"), h("span"), neighbour(found, found.next, "다음 조 →")),
  );
  if (focus) place.focus({ preventScroll: true });
  $(".cited", place)?.scrollIntoView({ block: "nearest" });
  if (matchMedia("(max-width: 900px)").matches) place.scrollIntoView({ block: "start" });
}

/** The marked paragraph of the open article, as `copy` takes it. */
export const citedParagraph = () => $(".cited", place)?.dataset;

/** Show none. */
export function clear() {
  shown = "";
  place.replaceChildren();
}

function line(one, cited) {
  return h("li", { "data-copy": one.copy, "data-url": one.url, class: cited ? "cited" : null, "aria-current": cited ? "true" : null },
    h("span", { class: "number" }, `제${one.number}항`), h("p", {}, one.text),
    h("button", { type: "button", class: "copy", "aria-label": `${one.mark} 복사` }, "복사"));
}

const neighbour = (found, number, text) =>
  number && h("button", { type: "button", onclick: () => openArticle(found.terms, number) }, text);
