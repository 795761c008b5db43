// The desk: tabs, keys, and the parts, each of which loads when it is first looked at.

import { $, $$ } from "./desk-dom.js";
import { startCopying } from "./desk-copy.js";
import { startDay } from "./desk-day.js";
import { startFinding } from "./desk-find.js";
import { startContents } from "./desk-contents.js";
import { startTalks } from "./desk-talks.js";
import { startRequests, watchRequests } from "./desk-requests.js";
import { startGaps } from "./desk-gaps.js";
import { startStatistics } from "./desk-stats.js";
import { startRevising } from "./desk-revise.js";

const tabs = $$('[role="tab"]');
const starts = { find: startFinding, contents: startContents, talks: startTalks, requests: startRequests, gaps: startGaps, stats: startStatistics, revise: startRevising };
const shown = {};

function choose(name, { focus = false, part = "" } = {}) {
  for (const tab of tabs) {
    const chosen = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
    $(`#${tab.getAttribute("aria-controls")}`).hidden = !chosen;
    if (chosen && focus) tab.focus();
  }
  history.replaceState(null, "", `#/${part ? `${name}/${part}` : name}`); // no element's id: the browser would move the focus there
  shown[name] ??= starts[name]();
  shown[name].show?.(part);
}

const nameOf = (tab) => tab.getAttribute("aria-controls");

function moveAmongTabs(event) {
  const place = tabs.indexOf(event.target);
  const next = { ArrowRight: place + 1, ArrowLeft: place - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
  if (place < 0 || next === undefined) return;
  event.preventDefault();
  choose(nameOf(tabs[next % tabs.length]), { focus: true });
}

// `code` is the key itself, whatever Korean or English letter it would write
function press(event) {
  if (event.isComposing || $("dialog[open]")) return;
  const writing = event.target.closest("input:not([type=radio]), select, textarea");
  if (event.altKey && !event.ctrlKey && /^Digit[1-9]$/.test(event.code) && tabs[event.code.at(-1) - 1]) {
    event.preventDefault();
    choose(nameOf(tabs[event.code.at(-1) - 1]), { focus: true });
  } else if (writing || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  } else if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) {
    event.preventDefault();
    $("#keys").showModal();
  } else if (event.code === "Slash") {
    event.preventDefault();
    choose("find");
    shown.find.focus();
  } else if (!$("#find").hidden) {
    shown.find.press(event);
  }
}

for (const tab of tabs) tab.addEventListener("click", () => choose(nameOf(tab)));
$('[role="tablist"]').addEventListener("keydown", moveAmongTabs);
document.addEventListener("keydown", press);
$("#show-keys").addEventListener("click", () => $("#keys").showModal());
startCopying();
startDay();

/** What the address names: a tab, and for some of them one thing in it. */
function follow() {
  const [name, part = ""] = location.hash.slice(2).split("/");
  choose(tabs.some((tab) => nameOf(tab) === name) ? name : "find", { part });
}

follow();
addEventListener("hashchange", follow);
watchRequests();
if (!$("#find").hidden) shown.find.focus();
