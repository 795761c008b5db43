// 새 판: a file becomes a draft, is gone through, and is published for its day; the newest edition is taken back.

import { $, ask, fault, h, say } from "./desk-dom.js";
import { put } from "./desk-address.js";
import { showAnswers, showDraft } from "./desk-drafts-review.js";

const MB = 1024 * 1024; // bytes
const POLL = 1000; // ms
const chosen = $("#drafts-terms");
const form = $("#drafts-form");
const publication = $("#drafts-publish");
const body = $("#drafts-body");
const sure = $("#drafts-sure");
let documents = [];
let draft = null; // what is shown: { terms, date, … }
let timer = 0;

const picked = () => documents.find((one) => one.name === chosen.value);
const named = () => ({ terms: draft.terms, date: draft.date });
const tell = (error) => $("#drafts-fault").replaceChildren(...(error ? [fault(error)] : []));

/** Load the documents, and show the one that is chosen, or `name`. */
async function load(name = chosen.value) {
  try {
    documents = await ask("drafts");
    chosen.replaceChildren(...documents.map((one) => h("option", { value: one.name, selected: one.name === name }, one.title)));
    await show();
  } catch (error) {
    tell(error);
  }
}

async function show() {
  const one = picked();
  if (!one) return;
  $("#drafts-newest").textContent = `마지막 판: ${one.newest} (${one.state})`;
  $("#drafts-back").hidden = !one.back_to;
  form.hidden = Boolean(one.draft);
  body.hidden = !one.draft;
  clearTimeout(timer);
  draft = null;
  if (!one.draft) return;
  const found = await ask(`draft?${new URLSearchParams({ terms: one.name })}`);
  if (picked() !== one) return; // another was chosen meanwhile
  draft = found;
  $("#drafts-title").textContent = `초안: ${draft.date} 시행`;
  $("button", publication).textContent = `${draft.date} 시행으로 게시`;
  showDraft(draft, mark);
  await watch(draft);
}

/** Ask how far the rehearsal is until it is done. */
async function watch(one) {
  if (draft !== one) return;
  try {
    const found = await ask(`draft/answers?${new URLSearchParams({ terms: one.terms })}`);
    if (draft !== one) return;
    told(found);
    if (["waiting", "running"].includes(found.progress.state)) timer = setTimeout(watch, POLL, one);
  } catch (error) {
    tell(error);
  }
}

function told(found) {
  showAnswers(draft, found, { mark, again });
  const { state } = found.progress;
  const waits = state !== "done";
  const open = found.left - waits;
  const parts = [open > 0 && `아직 확인하지 않은 것이 ${open}개 있습니다.`, waits && "답을 아직 다 견주지 않았습니다."].filter(Boolean);
  $("#drafts-left").textContent = parts.length ? `${parts.join(" ")} 모두 확인하거나, 그대로 게시하는 까닭을 적으세요.` : "모두 확인했습니다. 게시할 수 있습니다.";
  $("#drafts-why").hidden = !found.left;
  publication.elements.reason.required = found.left > 0;
}

/** Say that what is under `key` was seen, or not. The focus goes on to what is next. */
async function mark(key, seen) {
  const one = draft;
  try {
    const found = await ask("draft/seen", { body: { ...named(), key, seen } });
    if (draft === one) told(found);
  } catch (error) {
    say(error.message);
  }
}

async function again() {
  try {
    await ask("draft/answers", { body: named() });
    await watch(draft);
  } catch (error) {
    say(error.message);
  }
}

async function upload(event) {
  event.preventDefault();
  const [file] = form.elements.file.files;
  const button = $("button", form);
  const name = chosen.value;
  tell();
  const limit = Number(form.elements.file.dataset.limit); // bytes: the server takes no more
  if (file.size > limit) {
    tell(new Error(`파일이 ${Math.ceil(file.size / MB)} MB입니다. ${limit / MB} MB까지 올릴 수 있습니다. 그림을 빼거나 텍스트로 저장해 올려 주세요.`));
    return;
  }
  const label = button.textContent;
  button.disabled = true;
  button.textContent = "읽고 있습니다…";
  try {
    await ask(`drafts?${new URLSearchParams({ terms: name, date: form.elements.date.value })}`, { file });
    form.reset();
    await load(name);
    $("#drafts-title").focus();
    say("초안으로 올렸습니다.");
  } catch (error) {
    tell(error);
  }
  button.disabled = false;
  button.textContent = label;
}

/** Ask whether somebody means it; `act` does it. */
function confirmed(title, text, label, act) {
  $("#drafts-sure-title").textContent = title;
  $("#drafts-sure-text").textContent = text;
  $("#drafts-sure-fault").replaceChildren();
  const button = $("#drafts-sure-do");
  button.textContent = label;
  button.onclick = async () => {
    button.disabled = true;
    try {
      say(await act());
      sure.close();
      tell();
      await load();
      chosen.focus();
    } catch (error) {
      $("#drafts-sure-fault").replaceChildren(fault(error));
    }
    button.disabled = false;
  };
  sure.showModal();
}

function publish(event) {
  event.preventDefault();
  const wanted = { ...named(), reason: publication.elements.reason.value };
  confirmed("새 판을 게시할까요?", `${wanted.date}에 시행한다고 모두에게 알려지고, 그날부터 이 판으로 답합니다. 게시한 사람과 시각이 접속기록에 남습니다.`, "게시하기", async () => {
    await ask("draft/publish", { body: wanted });
    publication.reset();
    return `${wanted.date} 시행으로 게시했습니다.`;
  });
}

function discard() {
  const wanted = named();
  confirmed("초안을 버릴까요?", "올린 파일과 확인한 표시가 지워집니다. 손님에게 보이는 약관은 그대로입니다.", "버리기", async () => {
    await ask("draft/discard", { body: wanted });
    return "초안을 버렸습니다.";
  });
}

function takeBack() {
  const one = picked();
  confirmed("앞 판으로 되돌릴까요?", `${one.newest} 판을 내리고 ${one.back_to} 판만 남깁니다. 내린 파일은 서버의 data/withdrawn에 보관되고, 되돌린 사람과 시각이 접속기록에 남습니다.`, "되돌리기", async () => {
    const { date } = await ask("draft/withdraw", { body: { terms: one.name, date: one.newest } });
    return `되돌렸습니다. 이제 마지막 판은 ${date}입니다.`;
  });
}

export function startDrafts() {
  form.addEventListener("submit", upload);
  publication.addEventListener("submit", publish);
  $("#drafts-discard").addEventListener("click", discard);
  $("#drafts-back").addEventListener("click", takeBack);
  $("[data-close]", sure).addEventListener("click", () => sure.close());
  chosen.addEventListener("change", () => { tell(); put({ terms: chosen.value }); show().catch(tell); });
  let shown = null;
  return {
    show: (part, values) => {
      const name = values.get("terms") ?? chosen.value;
      if (shown === name) return;
      shown = name;
      if (name !== chosen.value || !documents.length) load(name);
    },
  };
}
