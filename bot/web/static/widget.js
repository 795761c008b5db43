// The chat on another site: <script src="https://…/widget.js" defer></script>
// Optional: data-title="…" (the button's words), data-position="left|right", data-color="#0b57d0".
(() => {
  "use strict";
  const ORIGINS = [/* origins */];
  const script = document.currentScript;
  if (!script?.src) {
    console.error("약관봇 위젯: <script src=\"…/widget.js\" defer></script> 형태로 넣어 주세요.");
    return;
  }
  const bot = new URL(script.src).origin;
  if (location.origin !== bot && !ORIGINS.includes(location.origin)) {
    console.error(`약관봇 위젯: ${location.origin}에는 띄울 수 없습니다. 약관봇 서버의 BOT_ORIGINS 설정에 이 주소를 더해 주세요.`);
    return;
  }
  if (document.querySelector("[data-yakgwan-widget]")) return;

  const STYLE = `
    :host { all: initial !important; }
    * { box-sizing: border-box; }
    .root { --back: #0b57d0; --on: #fff; color-scheme: light dark; font: 16px/1.5 system-ui, "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif; word-break: keep-all; }
    .open, dialog { position: fixed; z-index: 2147483647; left: auto; right: max(20px, env(safe-area-inset-right)); }
    .left .open, .left dialog { right: auto; left: max(20px, env(safe-area-inset-left)); }
    button { font: inherit; cursor: pointer; border: 0; }
    button:focus-visible { outline: 3px solid var(--on); outline-offset: -5px; box-shadow: 0 0 0 3px var(--back), 0 6px 20px rgb(0 0 0 / 28%); }
    .open { bottom: max(20px, env(safe-area-inset-bottom)); display: inline-flex; align-items: center; gap: 8px; max-width: calc(100vw - 40px); min-height: 56px; padding: 0 22px 0 18px; border-radius: 28px; background: var(--back); color: var(--on); font-weight: 600; box-shadow: 0 6px 20px rgb(0 0 0 / 28%); }
    .open:hover { filter: brightness(1.08); }
    .open span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    svg { flex: none; width: 26px; height: 26px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    dialog { top: auto; bottom: max(20px, env(safe-area-inset-bottom)); margin: 0; padding: 0; border: 1px solid light-dark(#d5dbe3, #333c49); border-radius: 16px; width: 420px; max-width: calc(100vw - 40px); height: 680px; max-height: calc(100dvh - 40px); overflow: hidden; background: light-dark(#fff, #0b0f19); color: light-dark(#1c2430, #e8ecf2); box-shadow: 0 16px 48px rgb(0 0 0 / 32%); }
    dialog[open] { display: flex; flex-direction: column; }
    dialog::backdrop { background: rgb(0 0 0 / 45%); }
    .bar { flex: none; display: flex; align-items: center; gap: 8px; min-height: 52px; padding: 0 6px 0 18px; background: var(--back); color: var(--on); font-weight: 600; }
    .bar span { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .bar button { display: grid; place-items: center; width: 44px; height: 44px; border-radius: 22px; background: none; color: inherit; }
    .bar button:hover { background: rgb(127 127 127 / 35%); }
    .view { position: relative; flex: 1; min-height: 0; }
    .view p { position: absolute; inset: 0; margin: 0; display: grid; place-items: center; color: light-dark(#55606e, #a5b0bf); }
    iframe { position: relative; display: block; width: 100%; height: 100%; border: 0; opacity: 0; }
    .loaded iframe { opacity: 1; }
    @media (max-width: 640px) {
      .open { padding: 0; width: 56px; justify-content: center; }
      .open span { position: absolute; width: 1px; height: 1px; clip-path: inset(50%); }
      dialog, .left dialog { inset: 0; width: 100vw; max-width: none; height: 100dvh; max-height: none; border: 0; border-radius: 0; }
      .bar { padding-top: env(safe-area-inset-top); }
    }
    @media (prefers-reduced-motion: no-preference) {
      dialog[open] { animation: rise .18s ease-out; }
      iframe { transition: opacity .2s; }
      @keyframes rise { from { transform: translateY(16px); opacity: 0; } }
    }
    @media (forced-colors: active) { .open, dialog { border: 1px solid; } }
    @media print { .root { display: none; } }`;

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  // no innerHTML: pages with Trusted Types refuse it
  const icon = (...paths) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    for (const d of paths) {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", d);
      svg.append(path);
    }
    return svg;
  };

  const build = () => {
    const title = script.dataset.title?.trim() || "약관에 대해 물어보기";
    const open = make("button", { type: "button", className: "open" },
      icon("M21 12a8 8 0 0 1-8 8H4l2-3.2A8 8 0 1 1 21 12Z", "M9 10.5h7M9 14h4.5"), make("span", { textContent: title }));
    open.setAttribute("aria-haspopup", "dialog");
    open.setAttribute("aria-expanded", "false");
    const close = make("button", { type: "button", title: "닫기" }, icon("M6 6l12 12M18 6L6 18"));
    close.setAttribute("aria-label", "닫기");
    const view = make("div", { className: "view" }, make("p", { textContent: "불러오는 중입니다…" }));
    const dialog = make("dialog", {}, make("div", { className: "bar" }, make("span", { textContent: title }), close), view);
    dialog.setAttribute("aria-label", title);
    const root = make("div", { className: `root ${script.dataset.position === "left" ? "left" : "right"}` }, open, dialog);
    paint(root, script.dataset.color);
    let frame = null;

    const phone = matchMedia("(max-width: 640px)");
    const load = () => {
      const address = new URL("/?embed=1", bot);
      if (script.dataset.color) address.searchParams.set("color", script.dataset.color);
      frame = make("iframe", { src: address.href, title, allow: "clipboard-write" });
      frame.addEventListener("load", () => {
        view.classList.add("loaded");
        if (dialog.open) frame.focus();
      });
      view.append(frame);
    };
    // on a phone the sheet covers the page, so the page behind it must not be reached
    const show = () => {
      if (phone.matches) dialog.showModal(); else dialog.show();
      open.setAttribute("aria-expanded", "true");
      open.style.visibility = "hidden";
      if (!frame) load();
      frame.focus();
    };
    open.addEventListener("click", show);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      open.setAttribute("aria-expanded", "false");
      open.style.visibility = "";
      open.focus();
    });
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && dialog.open) dialog.close();
    });
    // a key pressed inside the frame stays there; the chat page tells of Escape
    addEventListener("message", (event) => {
      if (event.origin === bot && event.source === frame?.contentWindow && event.data === "yakgwan:close") dialog.close();
    });
    return root;
  };

  const paint = (root, color) => {
    if (!color || !CSS.supports("color", color)) return;
    root.style.setProperty("--back", color);
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((v) => ((v / 255 + 0.055) / 1.055) ** 2.4);
    // WCAG: above this luminance black has more contrast than white
    if (0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179) root.style.setProperty("--on", "#111");
  };

  const host = make("div");
  host.dataset.yakgwanWidget = "";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(build());
  const mount = () => document.body.append(host);
  if (document.body) mount(); else addEventListener("DOMContentLoaded", mount, { once: true });
})();
