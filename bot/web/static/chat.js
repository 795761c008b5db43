// The page of the chat, around Gradio: what it has no component or no setting for.

import { $, box, focus } from "./chat-dom.js";
import { startBox } from "./chat-box.js";
import { follow } from "./chat-sheets.js";
import { look } from "./chat-answers.js";
import { lookAtLeaving } from "./chat-leave.js";
import "./chat-copy.js";
import { poll, translateNotices } from "./chat-state.js";
import { paint } from "./chat-colour.js";
import { follow as followKept, restore } from "./chat-kept.js";

new MutationObserver(() => { startBox(); restore(); follow(); look(); followKept(); lookAtLeaving(); translateNotices(); })
  .observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["aria-label", "title"] });

if (new URLSearchParams(location.search).has("embed")) {
  document.documentElement.classList.add("embed");
  paint();
  // the page around the frame gives it the focus when a visitor opens it, and a visitor by touching it
  addEventListener("focus", () => { if (document.activeElement === document.body) focus(box()); }, { once: true });
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("#new")) setTimeout(() => focus(box()), 300);
});

if ($("#page")) startBox();
poll();
