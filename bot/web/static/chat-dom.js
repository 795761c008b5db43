// What the parts of the chat share: elements, what is told to a screen reader, scrolling within the page.

export const $ = (selector, within = document) => within.querySelector(selector);
export const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

export const box = () => $("#question textarea");
export const framed = parent !== window;

const SAID_MS = 5000;
let timer = 0;

/** Tells `text` to a screen reader, once. */
export function say(text) {
  const said = $("#said");
  if (!said) return;
  clearTimeout(timer);
  // the same words again are a change only after a pause
  said.textContent = "";
  timer = setTimeout(() => {
    said.textContent = text;
    // who reads the page line by line does not find it a second time
    timer = setTimeout(() => { said.textContent = ""; }, SAID_MS);
  }, 50);
}

/** The focus moves, and nothing scrolls: a browser would scroll the page around a frame as well. */
export const focus = (element) => element?.focus({ preventScroll: true });

// in low windows the whole page scrolls (chat.css)
export const scroller = () => [$("#talk"), $("#page")].find((one) => one && getComputedStyle(one).overflowY === "auto");

/** Scrolls the talk, never the page around a frame, so that the top of `element` is at its top. */
export function bringToTop(element) {
  const within = scroller();
  if (within && element) within.scrollTop += element.getBoundingClientRect().top - within.getBoundingClientRect().top - 8;
}

/** Scrolls the talk as little as shows `element`. */
export function bringIntoView(element) {
  const within = scroller();
  if (!within) return;
  const hidden = element.getBoundingClientRect().bottom + 8 - within.getBoundingClientRect().top - roomOfTalk();
  if (hidden > 0) within.scrollTop += hidden;
}

/** How high the part of the talk is that can be seen. */
export const roomOfTalk = () => (scroller()?.clientHeight ?? 0) - (scroller() === $("#page") ? $("#asking").offsetHeight : 0);
