// What opens beside the talk: a clause, and the way to a person. Escape closes the one opened last, as the Back key of a
// phone does, and the focus goes back to where it came from.

import { $, $$, box, bringIntoView, focus, framed, scroller } from "./chat-dom.js";

let opener = null;
const panel = () => $("#panel");

const isOpen = () => panel()?.classList.contains("open");

// What is open has an entry of the history, so that Back closes it before it leaves the page.
let steps = 0; // back, taken by us

function enter() {
  if (history.state?.sheet === "closed") history.replaceState({ sheet: "open" }, ""); else history.pushState({ sheet: "open" }, "");
}

function leave() {
  if (history.state?.sheet !== "open") return;
  // a step back from within a frame may be one of the page around it
  if (framed) { history.replaceState({ sheet: "closed" }, ""); return; }
  steps += 1;
  history.back();
}

leave(); // after a reload nothing is open

addEventListener("popstate", () => {
  if (steps) { steps -= 1; return; }
  if (isOpen()) hide();
  else if ($("#handover")) closePerson();
});

function close() {
  leave();
  hide();
}

function hide() {
  panel()?.classList.remove("open");
  focus(opener?.isConnected ? opener : box());
}

async function open(url) {
  const [path, anchor] = url.split("#");
  const response = await fetch(path).catch(() => null);
  const page = response?.ok && new DOMParser().parseFromString(await response.text(), "text/html");
  const article = page && $("article", page);
  // a comparison of editions is too wide for the panel
  if (!article) { window.open(url, "_blank", "noopener"); return; }
  const clause = document.importNode(article, true);
  const bar = document.createElement("div");
  bar.className = "bar";
  const whole = Object.assign(document.createElement("a"), { href: url, target: "_blank", rel: "noopener", textContent: "새 창에서 보기" });
  whole.dataset.external = "1";
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "닫기" });
  button.addEventListener("click", close);
  bar.append(whole, button);
  const cited = anchor && clause.querySelector(`[id="${CSS.escape(decodeURIComponent(anchor))}"]`);
  // ids belong to the clause's own page; here they would collide with the next clause opened
  for (const one of $$("[id]", clause)) { one.dataset.paragraph = one.id; one.removeAttribute("id"); }
  cited?.classList.add("cited");
  cited?.setAttribute("aria-current", "true");
  panel().replaceChildren(bar, clause);
  if (!isOpen()) enter();
  panel().classList.add("open");
  focus(panel());
  if (cited) show(cited);
}

/** Scrolls the panel alone, as far as `cited` asks for. */
function show(cited) {
  const [top, bottom] = [panel().getBoundingClientRect().top + $(".bar", panel()).offsetHeight, panel().getBoundingClientRect().bottom];
  const place = cited.getBoundingClientRect();
  if (place.bottom > bottom) panel().scrollTop += Math.min(place.bottom - bottom + 8, place.top - top);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href*="/terms/"]');
  if (!link || link.dataset.external || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  event.stopPropagation();
  if (!panel().contains(link)) opener = link;
  open(link.getAttribute("href"));
}, true);

// the button that opened it takes it away again, and the server knows that it is gone
let closing = 0;
function closePerson() {
  $("#hand-over").click();
  clearTimeout(closing);
  // what came a moment ago may not be known there yet as open: it is opened once more then, and closed now
  closing = setTimeout(() => { if ($("#handover")) $("#hand-over").click(); }, 1500);
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("#handover .close")) closePerson();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  if (isOpen()) close();
  else if ($("#handover")) closePerson();
  else if (framed) parent.postMessage("yakgwan:close", "*"); // a frame's keys never reach the page around it
});

const seen = new WeakSet();
let shown = false;
let place = 0; // where the talk was scrolled to before the way to a person took its room

document.addEventListener("scroll", () => { if (!$("#handover")) place = scroller()?.scrollTop ?? 0; }, true);

/** What a button brings up gets the focus, so that it is read out and reached by the next Tab. */
export function follow() {
  const card = $("#handover");
  if (Boolean(card) !== shown) {
    shown = Boolean(card);
    if (!shown) clearTimeout(closing);
    if (shown) enter(); else if (!isOpen() || history.state?.sheet === "open") leave();
    if (scroller() === $("#page")) scroller().scrollTop = card ? 0 : place;
    if (!card && document.activeElement === document.body) focus($("#hand-over"));
  }
  for (const element of $$("#handover, #reason textarea")) {
    if (!seen.has(element)) {
      focus(element);
      if (element !== card) bringIntoView(element.closest("#reason"));
    }
    seen.add(element);
  }
}
