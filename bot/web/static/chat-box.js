// The question box: what is typed is sent once, by Enter, a tap or an example. It is counted, and kept over a reload.

import { $, box, focus, framed, say } from "./chat-dom.js";
import { keep, kept, restored } from "./chat-kept.js";
import { onEnter } from "./enter.js";

const TWICE = 1000; // ms in which the same words are a key or a finger that came down twice
const NEAR = 100; // characters before the limit, from which they are counted
let last = { text: "", at: -TWICE };

const limit = () => Number($("#count")?.dataset.limit ?? Infinity);
const length = () => [...(box()?.value ?? "")].length; // as the server counts

/** From now on the same words may be sent again. */
export function release() {
  last = { text: "", at: -TWICE };
}

async function send() {
  await restored();
  const text = box().value;
  if (!text.trim()) return;
  if (length() > limit()) {
    say($("#count").textContent);
    return;
  }
  const now = performance.now();
  if (text === last.text && now - last.at < TWICE) return;
  last = { text, at: now };
  remember("");
  $("#question .submit-button")?.click();
}

function put(text) {
  box().value = text;
  box().dispatchEvent(new Event("input", { bubbles: true }));
}

/** An example is asked as if it were typed; what was being typed comes back when it is on its way. */
function ask(question) {
  const draft = box().value;
  if (draft === question) return;
  put(question);
  // not with the next frame, which a page that is out of sight does not draw
  setTimeout(() => {
    send();
    if (draft.trim()) giveBack(draft, question);
  });
}

function giveBack(draft, question) {
  if (box().value === question) setTimeout(giveBack, 50, draft, question);
  else if (!box().value) put(draft);
}

/** How much of the room is left, as soon as little is. */
export function count() {
  const line = $("#count");
  if (!line) return;
  const over = length() - limit();
  line.hidden = over < -NEAR;
  line.classList.toggle("over", over > 0);
  const text = over > 0 ? `${length()} / ${limit()}자 · ${over}자를 줄여 주세요` : `${length()} / ${limit()}자`;
  if (line.textContent === text) return;
  if (over > 0 && !line.textContent.includes("줄여")) say(text);
  line.textContent = text;
}

const remember = (draft) => keep({ draft });

const started = new WeakSet();

/** What the box needs as soon as it is on the page. */
export function startBox() {
  const area = box();
  if (!area || started.has(area)) return;
  started.add(area);
  area.setAttribute("aria-describedby", "count");
  area.enterKeyHint = "send";
  const { draft } = kept();
  if (draft && !area.value) put(draft);
  // in a frame only if the visitor has gone into it already
  if (!framed || document.hasFocus()) focus(area);
}

onEnter((element) => element === box(), send);

document.addEventListener("input", (event) => {
  if (event.target !== box()) return;
  remember(box().value);
  count();
}, true);

addEventListener("pagehide", () => remember(box()?.value ?? ""));

document.addEventListener("click", (event) => {
  if (!event.isTrusted || !event.target.closest?.("#question .submit-button")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  send();
}, true);

document.addEventListener("click", (event) => {
  const example = event.target.closest?.("button[data-question]");
  if (!example || event.detail > 1) return;
  ask(example.dataset.question);
  // what was chosen vanishes with the focus on it; by a finger, the focus would bring up the keyboard
  if (!event.detail || !matchMedia("(pointer: coarse)").matches) focus(box());
});
