// The copy buttons of a paragraph, on the clause page and in the panel beside the chat, and of an article among others. Without this script the element
// stays empty, so nothing is shown that would not work; the address is still there behind the paragraph's number.
import { copy } from "./clipboard.js";

(() => {
  if (customElements.get("clause-copy")) return;

  const STYLE = `
    :host { display: block; margin-top: .35rem; line-height: 1.5; }
    div { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem; min-height: 2rem; }
    button { font: inherit; font-size: .8125rem; color: inherit; background: none; border: 1px solid color-mix(in srgb, currentColor 20%, transparent);
      border-radius: 999px; padding: .25rem .8rem; min-height: 2rem; cursor: pointer; opacity: .8; }
    button:hover { opacity: 1; border-color: currentColor; }
    button:focus-visible { outline: 3px solid var(--link, Highlight); outline-offset: 2px; opacity: 1; }
    span { font-size: .8125rem; font-weight: 600; }
    @media (pointer: coarse) { button { min-height: 2.4rem; padding: .25rem 1rem; } div { gap: .5rem; } }
    @media print { :host { display: none; } }`;
  const COPIED = "복사했습니다";
  const FAILED = "복사하지 못했습니다. 글을 선택해 직접 복사해 주세요.";
  const SHOWN_MS = 2500;

  class ClauseCopy extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      const row = document.createElement("div");
      this.said = Object.assign(document.createElement("span"), { role: "status" });
      row.append(this.button("링크 복사", () => this.address));
      if (this.dataset.citation) row.append(this.button("인용 복사", () => this.quotation));
      row.append(this.said);
      root.append(row);
    }

    get address() { return new URL(this.dataset.url, location.href).href; }

    get quotation() {
      const text = this.parentElement.querySelector("p").textContent.trim();
      return `${this.dataset.citation} “${text}”\n${this.address}`;
    }

    button(name, text) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
      const of = this.dataset.name ?? this.parentElement.querySelector(".number").textContent;
      button.setAttribute("aria-label", `${of} ${name}`);
      button.addEventListener("click", async () => {
        const done = await copy(text());
        button.focus();
        this.say(done ? COPIED : FAILED);
      });
      return button;
    }

    say(message) {
      clearTimeout(this.timer);
      // the same words again are a change only after a pause: a screen reader then says them again
      this.said.textContent = "";
      setTimeout(() => { this.said.textContent = message; }, 50);
      this.timer = setTimeout(() => { this.said.textContent = ""; }, SHOWN_MS);
    }
  }
  customElements.define("clause-copy", ClauseCopy);

  const list = document.querySelector(".toc");
  const current = list?.querySelector("[aria-current]");
  // moves the list alone, never the page
  if (current && list.scrollHeight > list.clientHeight) list.scrollTop = current.offsetTop - list.clientHeight / 2;

  addEventListener("beforeprint", () => {
    const line = document.querySelector("[data-printed]");
    if (line) line.textContent = `인쇄한 날: ${new Date().toLocaleDateString("ko-KR", { dateStyle: "long" })}`;
  });
})();
