// What is to be seen of a draft: how it was read, the comparison, curated questions and answers that change.

import { $, $$, empty, h } from "./desk-dom.js";
import { count, others, sides } from "./desk-endings.js";

const KINDS = {
  changed: ["바뀐 항", "이 항이나 함께 인용하는 항의 글이 바뀌었습니다. 이 질문들은 새 글을 인용하게 됩니다."],
  lost: ["없어진 항", "항이 없어져 이 질문들로는 더 배우지 않습니다."],
  unsettled: ["범위 밖", "지금은 약관에 없다고 답합니다. 새로 생기거나 바뀐 글이 답하는지 살펴보세요."],
};

/** Show a draft as it was read and compared, and the curated questions. `mark(key, seen)`. */
export function showDraft(draft, mark) {
  $("#drafts-read").replaceChildren(...reading(draft.reading));
  const compared = $("#drafts-compared");
  $("#drafts-changed").textContent = draft.changed ? `${draft.before} 판과 다른 항 ${draft.changed}개 펼쳐 보기` : `${draft.before} 판과 글이 같습니다`;
  $("#drafts-compare").open = false;
  compared.innerHTML = draft.html; // made by the server, which escapes all text of the terms
  for (const link of $$("a[href^='#']", compared)) {
    link.addEventListener("click", (event) => {
      event.preventDefault(); // the address holds the tab
      $(link.getAttribute("href"), compared)?.scrollIntoView({ block: "start" });
    });
  }
  const groups = draft.groups.map((one) => curated(one, mark));
  $("#drafts-questions").replaceChildren(
    h("p", { class: "soft" }, `대표 질문 ${draft.kept.toLocaleString()}개는 그대로 따라갑니다.`),
    ...(groups.length ? groups : [empty("살펴볼 대표 질문이 없습니다.")]));
}

function reading({ articles, paragraphs, annexes, faults }) {
  return [
    h("p", {}, `조 ${articles.length}개, 항 ${paragraphs}개${annexes.length ? `, 별표 등 ${annexes.length}개` : ""}를 읽었습니다.`),
    faults.length > 0
      ? h("div", { class: "found" }, h("strong", {}, `살펴볼 줄 ${faults.length}개`), h("ul", {}, faults.map((one) => h("li", {}, `${one.line}번째 줄: ${one.message}`))))
      : h("p", { class: "soft" }, "어느 조에도 속하지 않는 줄이나 없는 조항을 가리키는 곳이 없습니다."),
    h("details", {}, h("summary", {}, "조와 항 펼쳐 보기"),
      h("div", { class: "tall", tabindex: 0, role: "region", "aria-label": "읽은 조와 항" }, articles.map((one) => [
        h("h4", {}, one.heading), h("ol", { class: "read" }, one.paragraphs.map((paragraph) => h("li", {}, h("span", { class: "number" }, paragraph.number), h("p", {}, paragraph.text))))]))),
  ];
}

function curated(one, mark) {
  const [name, about] = KINDS[one.kind];
  const place = one.new && one.new !== one.old ? `${one.old} → ${one.new}` : one.old;
  const more = one.count - one.questions.length;
  return item(one.key, [place, name].filter(Boolean).join(" · "), mark,
    h("p", { class: "soft small" }, about),
    h("details", {}, h("summary", {}, `질문 ${one.count.toLocaleString()}개`),
      h("div", { class: "tall", tabindex: 0, role: "region", "aria-label": `${place || name}의 대표 질문` }, h("ul", {}, one.questions.map((text) => h("li", {}, text)), more > 0 && h("li", { class: "soft" }, `그 밖에 ${more.toLocaleString()}개`)))));
}

function item(key, title, mark, ...content) {
  const button = h("button", { type: "button", "data-key": key, "aria-pressed": "false", "aria-label": `${title} 확인함`, onclick: () => press(button, mark) }, "확인함");
  return h("article", { class: "card seeing" }, h("h4", {}, title), content, h("div", { class: "actions" }, h("span", { class: "soft small", "data-by": true }), button));
}

async function press(button, mark) {
  const seen = button.getAttribute("aria-pressed") !== "true";
  await mark(button.dataset.key, seen);
  const next = seen && button.getAttribute("aria-pressed") === "true" && $('#drafts-body [data-key][aria-pressed="false"]');
  if (next && document.activeElement === button) next.focus(); // Enter, Enter, …
}

/** Show how far the rehearsal is, what it found, and who has seen what. */
export function showAnswers(draft, found, { mark, again }) {
  const { state, done, total, message } = found.progress;
  const bar = $("#drafts-bar");
  bar.hidden = !["waiting", "running"].includes(state);
  if (total) [bar.max, bar.value] = [total, done];
  else bar.removeAttribute("value");
  const list = $("#drafts-answers");
  const said = {
    waiting: "곧 시작합니다…",
    running: `질문 ${total.toLocaleString()}개 가운데 ${done.toLocaleString()}개를 지금의 판과 초안으로 물어보았습니다. 다른 일을 해도 됩니다.`,
    done: `질문 ${total.toLocaleString()}개를 물어보았습니다. ${count(found.changes).toLocaleString()}개의 답이 바뀝니다.${found.changes.length ? " 똑같이 바뀌는 것끼리 묶어, 달라지는 조항만 보입니다." : ""}`,
    failed: message,
    none: "아직 견주지 않았습니다.",
  }[state];
  if ($("#drafts-progress").firstChild?.textContent !== said) {
    $("#drafts-progress").replaceChildren(h("p", { class: state === "failed" ? "fault" : "soft" }, said),
      ...(["failed", "none"].includes(state) ? [h("button", { type: "button", onclick: again }, "답 견주기")] : []));
  }
  const keys = found.changes.map((one) => one.key).join();
  if (list.dataset.keys !== `${draft.terms} ${draft.date} ${keys}`) {
    list.dataset.keys = `${draft.terms} ${draft.date} ${keys}`;
    list.replaceChildren(...found.changes.map((one) => changed(one, mark)));
  }
  for (const button of $$("#drafts-body [data-key]")) {
    const by = found.seen[button.dataset.key];
    button.setAttribute("aria-pressed", by !== undefined);
    $("[data-by]", button.parentElement).textContent = by === undefined ? "" : by;
  }
  left("questions");
  left("answers", state !== "done");
}

function left(name, waits = false) {
  const open = $$(`#drafts-${name} [data-key][aria-pressed="false"]`).length;
  const badge = $(`#drafts-${name}-left`);
  badge.textContent = open ? `${open}개 남음` : waits ? "견주는 중" : "끝남";
  badge.className = `badge ${open || waits ? "not_found" : "answered"}`;
}

function changed(one, mark) {
  return item(one.key, one.questions[0], mark,
    h("p", { class: "soft small" }, one.why),
    sides(["지금", "초안"], [one.before, one.after]),
    others(one.questions));
}
