// The clause panel and the loading state. Gradio has no component for either: a link must open a panel in place.
(() => {
  "use strict";
  let opener = null;

  const panel = () => document.getElementById("panel");
  const box = () => document.querySelector("#question textarea");

  const close = () => {
    panel()?.classList.remove("open");
    (opener?.isConnected ? opener : box())?.focus();
  };

  const open = async (url) => {
    const [path, anchor] = url.split("#");
    const response = await fetch(path).catch(() => null);
    if (!response?.ok) { window.open(url, "_blank", "noopener"); return; }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const article = page.querySelector("article");
    if (!article) { window.open(url, "_blank", "noopener"); return; } // a comparison of editions is too wide for the panel
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
    clause.querySelectorAll("[id]").forEach((e) => { e.dataset.paragraph = e.id; e.removeAttribute("id"); });
    cited?.classList.add("cited");
    cited?.setAttribute("aria-current", "true");
    panel().replaceChildren(bar, clause);
    panel().classList.add("open");
    panel().focus();
    cited?.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href*="/terms/"]');
    if (!link || link.dataset.external || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    event.stopPropagation();
    if (!panel().contains(link)) opener = link;
    open(link.getAttribute("href"));
  }, true);

  // An example question is asked as if it were typed: Gradio has no event for a click inside its HTML component.
  const ask = (question) => {
    box().value = question;
    box().dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => document.querySelector("#question button.submit-button")?.click());
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-question]");
    if (button) ask(button.dataset.question);
    // what was chosen by keyboard (no clicks are counted) vanishes with the focus on it
    if (!event.detail && (button || event.target.closest?.("#chat .option"))) box()?.focus();
    if (event.target.closest?.("#new")) setTimeout(() => box()?.focus(), 300);
  });

  // What a button brings up gets the focus, so that it is read out and reached by the next Tab.
  const seen = new WeakSet();
  const follow = () => {
    for (const element of document.querySelectorAll("#handover, #reason textarea")) {
      if (!seen.has(element)) element.focus();
      seen.add(element);
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (panel()?.classList.contains("open")) close();
    else if (parent !== window) parent.postMessage("yakgwan:close", "*"); // a frame's keys never reach the page around it
  });

  // Gradio names these in English for screen readers, or not at all, and has no setting for it
  const NAMES = [[/^Copy message$/, "메시지 복사"], [/^Copied message$/, "복사했습니다"], [/^chatbot conversation$/, "대화"], [/^Scroll down$/, "아래로 내리기"]];
  // Of several near clauses the first is open; of what answers only what is very long is folded. Nothing is taken out of
  // the page, so that a screen reader and a search in the page find it all.
  const LONG = 260; // characters
  const fold = (quote) => {
    quote.dataset.seen = "";
    const near = [...quote.parentElement.children].find((e) => e.tagName === "P" && e.textContent.startsWith("이와 가까운 내용으로"));
    near?.previousElementSibling?.classList.add("point");
    const first = quote.parentElement.querySelector("blockquote") === quote;
    const text = quote.textContent.trim();
    if (text.length <= (near && !first ? 60 : LONG)) return;
    quote.classList.add("folded");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "unfold", textContent: "전체 보기" });
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => {
      const folded = quote.classList.toggle("folded");
      button.textContent = folded ? "전체 보기" : "접기";
      button.setAttribute("aria-expanded", String(!folded));
    });
    quote.append(button);
  };

  const translate = () => {
    if (document.documentElement.lang !== "ko") document.documentElement.lang = "ko";
    for (const group of document.querySelectorAll("#chat .options:not([role])")) {
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", "이어서 물어볼 만한 질문");
    }
    for (const quote of document.querySelectorAll("#chat blockquote:not([data-seen])")) fold(quote);
    for (const element of document.querySelectorAll("#chat [aria-label], #chat [title]")) {
      for (const attribute of ["aria-label", "title"]) {
        const value = element.getAttribute(attribute);
        if (!value) continue;
        if (/^(bot|user)'s message: /.test(value)) element.removeAttribute(attribute);
        for (const [english, korean] of NAMES) if (english.test(value)) element.setAttribute(attribute, korean);
      }
    }
  };
  // The beginning of an answer stays in view while it grows, until the person scrolls or does something else.
  let asked = 0, watching = false;
  const showBeginning = () => {
    const questions = document.querySelectorAll("#chat .user-row");
    if (questions.length !== asked) watching = questions.length > asked;
    asked = questions.length;
    const scroller = document.querySelector("#chat .bubble-wrap");
    // not by scrollIntoView, which would scroll the page around a frame too
    if (watching && scroller) scroller.scrollTop += questions[asked - 1].getBoundingClientRect().top - scroller.getBoundingClientRect().top - 8;
  };
  for (const act of ["wheel", "touchmove", "pointerdown"]) addEventListener(act, () => { watching = false; }, { passive: true, capture: true });

  new MutationObserver(() => { translate(); follow(); showBeginning(); }).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["aria-label", "title"] });

  if (new URLSearchParams(location.search).has("embed")) {
    document.documentElement.classList.add("embed");
    // browsers refuse autofocus in a frame of another site
    addEventListener("focus", () => document.querySelector("#question textarea")?.focus(), { once: true });
  }

  const TEXT = {
    loading: "답변을 준비하고 있습니다. 지금 질문하셔도 됩니다. 준비되는 대로 답해 드립니다.",
    failed: "지금은 답변할 수 없습니다. 잠시 뒤 다시 시도해 주세요.",
  };
  // Gradio makes the page once, and an edition may have come into force since
  const showEditions = async () => {
    const { terms } = await (await fetch("/api/terms")).json();
    for (const date of document.querySelectorAll("[data-edition]")) {
      date.textContent = terms.find(({ name }) => name === date.dataset.edition)?.edition ?? date.textContent;
    }
  };

  let dated = false;
  const poll = async () => {
    const line = document.getElementById("state");
    if (line && !dated) { dated = true; showEditions().catch(() => {}); }
    let state = "loading";
    try { state = (await (await fetch("/healthz")).json()).state; } catch { state = "failed"; }
    if (line) {
      line.hidden = !(state in TEXT);
      line.textContent = TEXT[state] ?? "";
      line.className = state;
    }
    if (state === "loading" || !line) setTimeout(poll, 700);
    else if (state === "failed") setTimeout(poll, 5000);
  };
  poll();
})();
