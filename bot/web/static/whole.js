// The whole terms on one page: a search in it, and where one reads in the table of contents.
import { onEnter } from "./enter.js";

const $ = (selector) => document.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const bar = $(".find");
const box = $("#find");
const said = $(".found");
const shown = $("#show-plain");
const steps = $$("[data-step]", bar);
const units = $$("[data-unit]");
const graphemes = new Intl.Segmenter("ko");
const APART = "p, td, h2, h3, .number"; // no word goes on from one of these into the next
let hits = [];
let at = 0;
let searched = "";

const fold = (text) => text.normalize("NFC").toLowerCase();

/** The words that are looked for; a lone consonant or vowel at the end is a syllable on its way. */
function wanted(composing) {
  const text = fold(box.value);
  return (composing ? text.replace(/[ㄱ-ㅣ]+$/u, "") : text).split(/\s+/).filter(Boolean);
}

/** A text as it is compared, and for each of its letters where in `text` it begins; null: at the same place. */
function folded(text) {
  const all = fold(text);
  if (all.length === text.length && text.normalize("NFC") === text) return { letters: all, from: null };
  let letters = "";
  const from = [];
  for (const { segment, index } of graphemes.segment(text)) {
    const piece = fold(segment);
    letters += piece;
    for (let i = 0; i < piece.length; i += 1) from.push(index);
  }
  return { letters, from: [...from, text.length] };
}

/** The texts of a unit one behind the other, and of each of them the node and the place. */
function read(unit) {
  const walker = document.createTreeWalker(unit, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let whole = "";
  let before = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (parent.closest(".label") || (shown && !shown.checked && parent.closest(".plain"))) continue;
    const block = parent.closest(APART);
    if (before && block !== before) whole += "\n";
    before = block;
    const { letters, from } = folded(node.data);
    nodes.push({ node, start: whole.length, end: whole.length + letters.length, from });
    whole += letters;
  }
  return { whole, nodes };
}

/** Where the words stand in a text, as [start, end) in their order; those that overlap are one. */
function places(whole, words) {
  const found = [];
  for (const word of words) {
    for (let i = whole.indexOf(word); i >= 0; i = whole.indexOf(word, i + word.length)) found.push([i, i + word.length]);
  }
  found.sort((a, b) => a[0] - b[0]);
  const joined = [];
  for (const [start, end] of found) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

function mark({ nodes }, found) {
  for (const { node, start, end, from } of nodes) {
    const place = (letter) => (from ? from[letter - start] : letter - start);
    const inside = found.filter((one) => one[0] < end && one[1] > start);
    for (const [first, last] of inside.reverse()) { // from the end: what stands before keeps its place
      node.splitText(place(Math.min(last, end)));
      const part = node.splitText(place(Math.max(first, start)));
      const element = document.createElement("mark");
      part.replaceWith(element);
      element.append(part);
    }
  }
}

function clear() {
  for (const unit of hits) {
    for (const element of $$("mark", unit)) element.replaceWith(...element.childNodes);
    unit.normalize();
    unit.classList.remove("now");
  }
  hits = [];
}

function search({ composing = false } = {}) {
  const words = [...new Set(wanted(composing))];
  const asked = JSON.stringify([words, shown?.checked]);
  if (asked === searched) return; // the end of a syllable alone moves nobody back to the first place
  searched = asked;
  clear();
  for (const unit of words.length ? units : []) {
    const text = read(unit);
    if (!words.every((word) => text.whole.includes(word))) continue;
    mark(text, places(text.whole, words));
    hits.push(unit);
  }
  at = 0;
  for (const button of steps) button.disabled = !hits.length;
  if (hits.length) go(0);
  else say(words.length ? ["없음", "찾은 곳이 없습니다"] : null);
}

function go(step) {
  if (!hits.length) return;
  hits[at].classList.remove("now");
  at = (at + step + hits.length) % hits.length;
  hits[at].classList.add("now");
  $$("mark", hits[at])[0].scrollIntoView({ block: "center", behavior: "instant" });
  say([`${at + 1} / ${hits.length}`, `찾은 곳 ${hits.length}개 가운데 ${at + 1}번째`]);
}

/** What is seen, and what is heard of it; null: nothing. */
function say(both) {
  const span = (text, name, value) => { const one = document.createElement("span"); one.textContent = text; one.setAttribute(name, value); return one; };
  said.classList.toggle("none", Boolean(both) && !hits.length);
  said.replaceChildren(...(both ? [span(both[0], "aria-hidden", "true"), span(both[1], "class", "unseen")] : []));
}

bar.hidden = false;
for (const button of steps) {
  button.disabled = true;
  button.addEventListener("click", () => go(Number(button.dataset.step)));
}
box.addEventListener("input", (event) => search({ composing: event.isComposing }));
box.addEventListener("compositionend", () => search());
box.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); go(-1); }
  if (event.key === "Escape" && box.value) { event.preventDefault(); box.value = ""; search(); }
});
onEnter((element) => element === box, () => go(1));
shown?.addEventListener("change", () => search());
if (box.value) search(); // a browser that was gone and came back keeps what was typed

// what is read now: the last part that begins above the upper third of the window
const list = $(".toc");
const links = new Map($$("a", list).map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
const watcher = new IntersectionObserver((seen) => {
  const now = seen.findLast((one) => one.isIntersecting);
  const link = now && links.get(now.target.id);
  if (!link) return;
  for (const other of $$("[aria-current]", list)) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "location");
  // moves the list alone, never the page
  if (list.scrollHeight > list.clientHeight) list.scrollTop = link.offsetTop - list.clientHeight / 2;
}, { rootMargin: "-30% 0px -69% 0px" });
for (const part of $$(".clause")) watcher.observe(part);
