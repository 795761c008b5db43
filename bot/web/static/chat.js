// The clause panel and the loading state. Gradio has no component for either: a link must open a panel in place.
(() => {
  "use strict";
  let opener = null;

  const panel = () => document.getElementById("panel");

  const close = () => {
    panel()?.classList.remove("open");
    if (opener?.isConnected) opener.focus();
  };

  const open = async (url) => {
    const box = panel();
    const [path, anchor] = url.split("#");
    const response = await fetch(path);
    if (!response.ok) { window.open(url, "_blank", "noopener"); return; }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const clause = document.importNode(page.querySelector("article"), true);
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
    box.replaceChildren(bar, clause);
    box.classList.add("open");
    box.focus();
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

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel()?.classList.contains("open")) close();
  });

  const TEXT = {
    loading: "답변을 준비하고 있습니다. 지금 질문하셔도 됩니다. 준비되는 대로 답해 드립니다.",
    failed: "지금은 답변할 수 없습니다. 잠시 뒤 다시 시도해 주세요.",
  };
  const poll = async () => {
    const line = document.getElementById("state");
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
