// Enter in a box for text: once for each press, whether it ends a Korean syllable or not.

const SAME_PRESS = 300; // ms in which some systems send the key a second time, behind the syllable that it ended

/** `act(event)` for each press in what `isBox(element)` says to be the box; Shift and Enter is left to the box. */
export function onEnter(isBox, act) {
  let composing = false;
  let ended = false; // Enter was pressed within a syllable
  let shift = false;
  let at = -SAME_PRESS;

  const press = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (performance.now() - at >= SAME_PRESS) act(event);
  };
  const listen = (name, heard) => document.addEventListener(name, (event) => { if (isBox(event.target)) heard(event); }, true);

  listen("keydown", (event) => {
    shift = event.shiftKey;
    if (event.key !== "Enter" && !/^(Numpad)?Enter$/.test(event.code)) ended = false;
    // the key first ends the syllable, and the same press sends: so do Korean messengers
    else if (composing) ended = !shift;
    else if (!shift) press(event);
  });
  listen("compositionstart", () => { composing = true; ended = false; });
  listen("compositionend", (event) => {
    composing = false;
    // other languages choose a word by Enter
    if (ended && /[ㄱ-ㆎ가-힣]$/.test(event.data)) {
      at = performance.now();
      setTimeout(act, 0, event); // the box has the syllable then
    }
    ended = false;
  });
  // the keyboards of some phones name no key
  listen("beforeinput", (event) => {
    if (shift || event.inputType !== "insertLineBreak") return;
    if (composing) { ended = true; event.preventDefault(); } else press(event);
  });
}
