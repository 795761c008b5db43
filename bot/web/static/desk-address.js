// The address: `#/<tab>[/<part>][?<what is open>]`. It can be pasted, is the same again after loading, and Back goes
// through it. It begins with "/": no element has such an id, to which the browser would move the focus.

const kept = new Map(); // of each tab the address that it had last
const DIALOGS = ["talk", "add", "outside", "to"]; // parameters that are a dialog over the tab
const BEHIND = "desk-behind";
let settled = Promise.resolve(); // a step back that is under way: what is written before its end would be lost

const written = ({ tab, part, values }) => `#/${tab}${part ? `/${encodeURIComponent(part)}` : ""}${values.size ? `?${values}` : ""}`;

function decoded(text) {
  try { return decodeURIComponent(text); } catch { return ""; }
}

/** What the address names: { tab, part, values }, "" where it names nothing. */
export function here() {
  const [path, query = ""] = location.hash.slice(1).split(/\?(.*)/s);
  const [, tab = "", part = ""] = path.split("/");
  return { tab, part: decoded(part), values: new URLSearchParams(query) };
}

/** What the address names stays in this tab while the way to log in leads by another site. */
export function leaveBehind() {
  if (location.hash) sessionStorage.setItem(BEHIND, location.hash);
}

/** Name again what was left behind, unless the address names something else by now. */
export function pickUp() {
  const hash = sessionStorage.getItem(BEHIND);
  sessionStorage.removeItem(BEHIND);
  if (hash && !location.hash) history.replaceState(history.state, "", hash);
}

/** Have the address name this. `replace`: no step of its own, Back passes by it. */
export async function go({ tab, part = "", values = new URLSearchParams() }, { replace = false } = {}) {
  await settled;
  write({ tab, part, values }, replace);
}

function write(place, replace) {
  const hash = written(place);
  keep(place);
  if (hash === location.hash) return;
  if (replace) history.replaceState(history.state, "", hash);
  else history.pushState({ stepped: true }, "", hash);
}

/** Have the address say this of what is shown: parameters by name, "" for none; `part` too, if it is given. */
export async function put(changes, { part, replace = false } = {}) {
  await settled;
  const place = here();
  for (const [name, value] of Object.entries(changes)) {
    if (value) place.values.set(name, value);
    else place.values.delete(name);
  }
  write({ ...place, part: part ?? place.part }, replace);
}

/** The same of all fields of a form, and of nothing else that is there but `others`. */
export function putForm(form, others = {}) {
  const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
  return put({ ...fields, ...others });
}

/** Fill a form from the address; a field that it does not name is as in a new page. */
export function fill(form, values) {
  for (const field of form.elements) {
    if (!field.name) continue;
    const usual = field.matches("select") ? field.options[0]?.value : field.defaultValue;
    field.value = values.get(field.name) ?? usual ?? "";
    if (field.matches("select") && field.selectedIndex < 0) field.selectedIndex = 0; // an address of something else
  }
}

/** What the address says of the fields of a form, as `query` of desk-dom.js writes it. */
export function named(form, values) {
  const names = [...form.elements].map((field) => field.name).filter(Boolean);
  return new URLSearchParams(names.filter((name) => values.get(name)).map((name) => [name, values.get(name)])).toString();
}

/** Remember the address as that of its tab, without a dialog. */
export function keep({ tab, part, values }) {
  const own = new URLSearchParams(values);
  for (const name of DIALOGS) own.delete(name);
  kept.set(tab, { tab, part, values: own });
}

/** Where a tab was left, or its beginning. */
export const left = (tab) => kept.get(tab) ?? { tab, part: "", values: new URLSearchParams() };

/** A dialog was closed: the address before it, by a step back if it was opened by a step. */
export function closed(names) {
  const { values } = here();
  if (!names.some((name) => values.has(name))) return; // Back has closed it
  if (history.state?.stepped) {
    settled = new Promise((done) => { addEventListener("popstate", done, { once: true }); });
    history.back();
  } else {
    put(Object.fromEntries(names.map((name) => [name, ""])), { replace: true });
  }
}
