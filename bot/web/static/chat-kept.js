// What the browser keeps, and nothing else: the token of the conversation and the text that was not sent. The server finds
// the conversation again by the token and a cookie; "new conversation" gives all of it up, and so do the hours.

import { remember } from "./chat-copy.js";
import { $, $$ } from "./chat-dom.js";

const NAME = "yakgwan";
const KEY = /^[0-9a-f]{64}$/;
const WAIT_MS = 5000; // that a question waits for the conversation that it belongs to

const hours = () => Number($("#kept")?.dataset.hours ?? 0);

/** What is kept: { token, draft }, each "" if there is none. A browser may refuse, above all to a page in a frame. */
export function kept() {
  try {
    const { token, draft, at } = JSON.parse(localStorage.getItem(NAME)) ?? {};
    // without a limit only the text stays, as long
    const young = Date.now() - at < (hours() || 24) * 3600_000;
    return { token: young && KEY.test(token) ? token : "", draft: young && typeof draft === "string" ? draft : "" };
  } catch { return { token: "", draft: "" }; }
}

export function keep(change) {
  try {
    const before = kept();
    const { token, draft } = { ...before, ...change };
    // what stays the same gets no older by being looked at, and no younger
    if (draft === before.draft && !change.token && token === before.token) return;
    if (token || draft) localStorage.setItem(NAME, JSON.stringify({ token, draft, at: Date.now() }));
    else localStorage.removeItem(NAME);
  } catch { /* then it is lost over a reload */ }
}

let settle = null;
let waiting = null;
const looking = document.documentElement.classList;

/** Waits for the conversation that is being restored, if one is. */
export const restored = () => waiting;

let begun = false;

/** Asks for the conversation that this browser had, once. */
export function restore() {
  const area = $("#token textarea");
  if (begun || !area || !$("#kept")) return;
  begun = true;
  const { token } = kept();
  if (!token || !hours()) return;
  looking.add("restoring"); // the greeting would only flash by
  waiting = new Promise((resolve) => { settle = resolve; setTimeout(resolve, WAIT_MS); });
  waiting.then(() => looking.remove("restoring"));
  area.value = token;
  area.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => $("#token .submit-button").click());
}

const done = new WeakSet();

/** After each change of the page: the token that the server tells, and its texts of the answers restored. */
export function follow() {
  const told = $("#kept[data-token]");
  if (!told || done.has(told)) return;
  const copies = JSON.parse(told.dataset.copies ?? "[]");
  const rows = $$("#chat .bot-row");
  if (rows.length < copies.length) return; // not on the page yet
  done.add(told);
  rows.slice(0, copies.length).forEach((row, place) => remember(row, copies[place]));
  keep({ token: told.dataset.token });
  settle?.();
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("#new")) keep({ token: "", draft: "" });
}, true);
