// Leaving something for an agent: the form within the way to a person. It is sent once, kept while the page is open, and
// confirmed in the conversation as soon as no answer is under way.

import { $, bringIntoView, focus, say } from "./chat-dom.js";

const LOST = "서버와 연결하지 못했습니다. 인터넷 연결을 확인한 뒤 다시 눌러 주세요. 쓰신 글은 남아 있습니다.";
const FAILED = "지금은 남기지 못했습니다. 잠시 뒤 다시 눌러 주세요.";
const fields = { about: "#leave-about", contact: "#leave-contact", consent: "#leave-consent" };
const part = (name) => $(fields[name]);

let draft = null; // of this conversation
let unconfirmed = ""; // code of what was left, until the conversation shows it
let asked = 0; // to confirm it, a moment ago

const length = () => [...part("about").value].length; // as the server counts
const limit = () => Number($("#leave-count").dataset.limit);

function count() {
  const over = length() - limit();
  const line = $("#leave-count");
  const text = over > 0 ? `${length()} / ${limit()}자 · ${over}자를 줄여 주세요` : `${length()} / ${limit()}자`;
  if (over > 0 && !line.classList.contains("over")) say(text);
  line.classList.toggle("over", over > 0);
  line.textContent = text;
}

function fault(text, name) {
  for (const field of Object.keys(fields)) part(field).removeAttribute("aria-invalid");
  $("#leave-fault").textContent = text;
  if (!name) return;
  part(name).setAttribute("aria-invalid", "true");
  focus(part(name));
  part(name).scrollIntoView({ block: "nearest" });
}

/** What is missing, and where; nothing if it can be sent. */
function missing() {
  if (!part("about").value.trim()) return ["무엇을 문의하는지 적어 주세요.", "about"];
  if (length() > limit()) return [`${limit()}자까지 남길 수 있습니다. ${length() - limit()}자를 줄여 주세요.`, "about"];
  if (part("contact").value.trim() && !part("consent").checked) return ["연락처를 남기려면 보관에 동의해 주세요.", "consent"];
  return null;
}

async function send(form) {
  if (form.ariaBusy === "true") return;
  const lacking = missing();
  fault(...(lacking ?? [""]));
  if (lacking) return;
  form.ariaBusy = "true";
  const body = {
    conversation: form.dataset.ticket, about: part("about").value,
    contact: part("contact").value.trim(), consent: part("consent").checked,
  };
  try {
    const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch("/api/requests", options);
    const told = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(typeof told.detail === "string" ? told.detail : told.detail?.[0]?.msg ?? FAILED);
    done(told, form);
  } catch (error) {
    const text = error instanceof TypeError ? LOST : error.message;
    if (form.isConnected) fault(text); else say(text);
    if (form.isConnected) focus($("button.main", form));
  } finally {
    form.ariaBusy = "false";
  }
}

function done({ message, code, new: fresh }, form) {
  draft = null;
  say(message);
  if (form.isConnected) {
    const told = Object.assign(document.createElement("p"), { className: "left", tabIndex: -1, textContent: message });
    form.closest("#leave").replaceWith(told);
    focus(told);
    told.scrollIntoView({ block: "nearest" });
  }
  unconfirmed = fresh ? code : "";
  confirm();
}

/** In the conversation too, as soon as nothing is being answered in it; again if an answer has written over it. */
function confirm() {
  if (!unconfirmed || asked || ($("#chat .user-row") && !$("#following"))) return;
  if ([...document.querySelectorAll("#chat .bot.message")].some((one) => one.textContent.includes(unconfirmed))) {
    unconfirmed = "";
    return;
  }
  asked = setTimeout(() => { asked = 0; confirm(); }, 1500);
  $("#confirm")?.click();
}

function fold() {
  $("#leave").open = false;
  focus($("#leave summary"));
}

const started = new WeakSet();

/** After each change of the page: a form that has come gets what was being written in its conversation. */
export function lookAtLeaving() {
  confirm();
  const form = $("#leave form");
  if (!form || started.has(form)) return;
  started.add(form);
  if (draft) {
    for (const name of ["about", "contact"]) part(name).value = draft[name];
    $("#leave").open = true;
  }
  count();
}

document.addEventListener("toggle", (event) => {
  if (event.target.id !== "leave" || !event.target.open) return;
  focus(part("about"));
  bringIntoView($("#leave"));
}, true);

document.addEventListener("input", (event) => {
  if (!event.target.closest?.("#leave form")) return;
  draft = { about: part("about").value, contact: part("contact").value };
  count();
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches?.("#leave form")) return;
  event.preventDefault();
  send(event.target);
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("#leave .fold")) fold();
  if (event.target.closest?.("#new")) draft = null;
});

// before the way to a person closes (chat-sheets.js): the form first
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || !event.target.closest?.("#leave[open]")) return;
  event.stopImmediatePropagation();
  fold();
}, true);
