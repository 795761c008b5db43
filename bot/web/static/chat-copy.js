// An answer as plain text for a messenger: the question, the lead, the quotes with their clauses and addresses, the day
// from which the terms hold.

import { $, $$, say } from "./chat-dom.js";
import { copy } from "./clipboard.js";

const CLAUSE = "a[href*='/terms/']";
const SHOWN_MS = 2500;

const base = () => $("#top h1")?.dataset.address || location.origin;
const address = (link) => new URL(link.getAttribute("href"), base()).href;

function words(element) {
  const copied = element.cloneNode(true);
  for (const button of $$("button", copied)) button.remove();
  return copied.textContent.replace(/\s+/g, " ").trim();
}

/** The lines of one block; those of a quote end with the addresses of the clauses named above it. */
function lines(block) {
  const links = $$(CLAUSE, block).map(address);
  if (/^[OU]L$/.test(block.tagName)) return [...block.children].map((item) => `- ${words(item)}`);
  if (block.tagName !== "BLOCKQUOTE") return block.nextElementSibling?.tagName === "BLOCKQUOTE" ? [words(block)] : [words(block), ...links];
  const above = block.previousElementSibling;
  return [`“${words(block)}”`, ...(above ? $$(CLAUSE, above).map(address) : [])];
}

/** "서비스 이용약관 (시행일 2025-12-15)" for each document that is linked; of an older edition its own day. */
function editions(answer) {
  const named = $$(CLAUSE, answer).map((link) => {
    const [path, query = ""] = link.getAttribute("href").split("#")[0].split("?");
    const name = decodeURIComponent(path.split("/")[2] ?? "");
    const day = $(`[data-edition="${CSS.escape(name)}"]`);
    const title = day && $(`#top a[href="/terms/${CSS.escape(name)}"]`)?.textContent;
    return title && `${title} (시행일 ${new URLSearchParams(query).get("edition") ?? day.textContent})`;
  });
  return [...new Set(named.filter(Boolean))];
}

function written(row) {
  const rows = $$("#chat .message-row");
  const question = rows.slice(0, rows.indexOf(row)).findLast((one) => one.classList.contains("user-row"));
  const prose = $(".prose", row);
  const parts = [...prose.children].map((block) => [block, lines(block).join("\n")]);
  // a quote stands close to the name of its clause
  const text = parts.map(([block, part], place) => (place && block.tagName !== "BLOCKQUOTE" ? "\n\n" : place ? "\n" : "") + part).join("");
  return [question && `질문: ${words($(".prose", question))}`, text, editions(prose).join(", ")].filter(Boolean).join("\n\n");
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("#chat .message-buttons button");
  if (!button) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const row = button.closest(".message-buttons").previousElementSibling;
  const done = await copy(written(row));
  say(done ? "복사했습니다" : "복사하지 못했습니다. 글을 선택해 직접 복사해 주세요.");
  button.dataset.said = done ? "복사했습니다" : "복사하지 못했습니다";
  setTimeout(() => { delete button.dataset.said; }, SHOWN_MS);
}, true);
