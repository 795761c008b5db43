// What the last change of the curated questions did: its own question before and after, then all others.

import { $, ask, h, say } from "./desk-dom.js";
import { count, others, sides } from "./desk-endings.js";

const POLL = 800; // ms
const SIDES = ["전", "후"];
const place = $("#gaps-effect");
let turn = 0;

/** Show it, and how far it is as long as it is not done. `anew`: a change was made just now. */
export async function watchEffect(anew = false) {
  const mine = ++turn;
  for (let first = true; mine === turn; first = false) {
    const found = await ask("effect").catch((error) => ({ state: "failed", question: "", own: null, changes: [], message: error.message }));
    if (mine !== turn) return;
    show(found);
    if (!["waiting", "running"].includes(found.state)) {
      if (found.state === "done" && (anew || !first)) say(summary(found));
      return;
    }
    await new Promise((done) => setTimeout(done, POLL));
  }
}

function summary({ total, changes }) {
  const changed = count(changes);
  return changed ? `다른 질문 ${total.toLocaleString()}개 가운데 ${changed.toLocaleString()}개의 답이 바뀌었습니다.` : `다른 질문 ${total.toLocaleString()}개의 답은 바뀌지 않았습니다.`;
}

function show(found) {
  place.hidden = found.state === "none";
  if (place.hidden) return;
  const { question, state, own, done, total, changes, message } = found;
  const said = {
    waiting: "새 질문으로 배우는 중입니다…",
    running: `다른 질문 ${total.toLocaleString()}개 가운데 ${done.toLocaleString()}개를 전과 후로 물어보았습니다. 다른 일을 해도 됩니다.`,
    done: summary(found),
    failed: message,
  }[state];
  place.replaceChildren(h("div", {},
    h("h3", {}, "마지막 변경으로 달라진 답"),
    question && h("p", { class: "asked" }, question),
    own && sides(SIDES, [own.before, own.after]),
    h("p", { class: state === "failed" ? "fault" : "soft", "data-state": state }, said),
    state === "running" && h("progress", { max: total || 1, value: done, "aria-label": "견준 질문" }),
    changes.map((one) => h("article", { class: "card" }, h("h4", {}, one.questions[0]), h("p", { class: "soft small" }, one.why),
      sides(SIDES, [one.before, one.after]), others(one.questions)))));
}
