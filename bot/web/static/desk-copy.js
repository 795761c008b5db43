// A paragraph as a quotation with its permanent address, into the clipboard.

import { say } from "./desk-dom.js";

/** `from`: an object or element's dataset with `copy` and `url`. */
export async function copy(from) {
  try {
    await navigator.clipboard.writeText(`${from.copy}\n${new URL(from.url, location.origin)}`);
    say("복사했습니다");
  } catch {
    say("복사하지 못했습니다. 브라우저가 클립보드를 쓰도록 허용해 주세요.");
  }
}

/** Every button `.copy` copies the paragraph that it stands in. */
export function startCopying() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("button.copy")) copy(event.target.closest("[data-copy]").dataset);
  });
}
