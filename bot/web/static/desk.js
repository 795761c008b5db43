// The desk: tabs, keys, and the parts, each of which loads when it is first looked at. The address says what is shown.

import { $, $$ } from "./desk-dom.js";
import { go, here, keep, left, pickUp } from "./desk-address.js";
import { startCopying } from "./desk-copy.js";
import { showCurate, watchCurate } from "./desk-curate.js";
import { chosenDay, startDay } from "./desk-day.js";
import { startFinding } from "./desk-find.js";
import { startContents } from "./desk-contents.js";
import { showTalk, startTalks, watchTalk } from "./desk-talks.js";
import { startRequests, watchRequests } from "./desk-requests.js";
import { startGaps } from "./desk-gaps.js";
import { startStatistics } from "./desk-stats.js";
import { startRevising } from "./desk-revise.js";
import { startDrafts } from "./desk-drafts.js";

const tabs = $$('[role="tab"]');
const starts = { find: startFinding, contents: startContents, talks: startTalks, requests: startRequests, gaps: startGaps, stats: startStatistics, revise: startRevising, drafts: startDrafts };
const OF_A_DAY = ["find", "contents"];
const title = document.title;
const shown = {};

/** Show the tab `name` with what `values` name in it; `again`: somebody came back to it by its tab. */
function show({ tab: name, part, values }, { focus = false, again = false } = {}) {
  for (const tab of tabs) {
    const chosen = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
    $(`#${tab.getAttribute("aria-controls")}`).hidden = !chosen;
    if (chosen && focus) tab.focus();
    if (chosen) tab.scrollIntoView({ block: "nearest", inline: "nearest" }); // among the many of a narrow screen
    if (chosen) document.title = `${tab.firstChild.textContent.trim()} | ${title}`;
  }
  shown[name] ??= starts[name]();
  shown[name].show(part, values, { again });
  showTalk(values.get("talk") ?? "");
  showCurate(values);
}

/** Go to a tab as it was left, on the day that is looked at now. */
async function choose(name, { focus = false } = {}) {
  const place = left(name);
  if (OF_A_DAY.includes(name)) {
    const before = place.values.get("day") ?? "";
    if (before !== chosenDay()) place.values.delete("clause"); // of another day
    if (chosenDay()) place.values.set("day", chosenDay());
    else place.values.delete("day");
  }
  await go(place);
  show(place, { focus, again: true });
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
    choose("find").then(() => shown.find.focus());
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

let followed = null;

/** Show what the address names; what it does not name is the first tab. */
function follow() {
  const place = here();
  if (!tabs.some((tab) => nameOf(tab) === place.tab)) {
    place.tab = "find";
    place.part = "";
    go(place, { replace: true });
  }
  followed = location.hash;
  keep(place);
  show(place);
}

watchTalk();
watchCurate();
pickUp();
follow();
addEventListener("popstate", follow);
// of browsers that tell nothing else where somebody writes into the address
addEventListener("hashchange", () => { if (location.hash !== followed) follow(); });
watchRequests();
if (!$("#find").hidden) shown.find.focus();
