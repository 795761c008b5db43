// 기준일: the day whose terms are found, shown and copied; one for all tabs, today unless an agent picks another.

import { $$ } from "./desk-dom.js";
import { put } from "./desk-address.js";

const inputs = $$('input[name="day"]');
const back = $$("button[data-today]");
const followers = [];
let chosen = "";

/** The day that was picked (ISO), "" for today. */
export const chosenDay = () => chosen;

/** Call `follow()` whenever the day is another one. */
export const onDay = (follow) => followers.push(follow);

/** `parameters` as an address query, with the day that was picked. */
export const withDay = (parameters) => new URLSearchParams(chosen ? { ...parameters, day: chosen } : parameters);

/** Take the day that the address names, "" for today; one that cannot be picked is today. */
export function takeDay(day) {
  const today = document.body.dataset.today;
  for (const input of inputs) input.value = day || today;
  const wanted = inputs.every((input) => input.validity.valid) && day !== today ? day : "";
  for (const input of inputs) input.value = wanted || today;
  for (const button of back) button.hidden = !wanted;
  if (wanted === chosen) return;
  chosen = wanted;
  for (const follow of followers) follow();
}

/** The day that somebody picks, who reads of another day then: no article of the one before stays open. */
function pick(day) {
  takeDay(day);
  put({ day: chosen, clause: "" });
}

export function startDay() {
  for (const input of inputs) {
    input.addEventListener("change", () => {
      if (input.validity.valid) pick(input.value);
      else input.reportValidity(); // a day to come
    });
  }
  for (const button of back) button.addEventListener("click", () => { pick(""); button.closest("label, form, div").querySelector("input").focus(); });
}
