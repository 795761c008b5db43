// 기준일: the day whose terms are found, shown and copied; one for all tabs, today unless an agent picks another.

import { $$ } from "./desk-dom.js";

const inputs = $$('input[name="day"]');
const back = $$("button[data-today]");
const followers = [];
let chosen = "";

/** The day that was picked (ISO), "" for today. */
export const chosenDay = () => chosen;

/** Call `follow()` whenever another day is picked. */
export const onDay = (follow) => followers.push(follow);

/** `parameters` as an address query, with the day that was picked. */
export const withDay = (parameters) => new URLSearchParams(chosen ? { ...parameters, day: chosen } : parameters);

function choose(day) {
  const today = document.body.dataset.today;
  const wanted = day === today ? "" : day;
  for (const input of inputs) input.value = wanted || today;
  for (const button of back) button.hidden = !wanted;
  if (wanted === chosen) return;
  chosen = wanted;
  for (const follow of followers) follow();
}

export function startDay() {
  for (const input of inputs) {
    input.addEventListener("change", () => {
      if (input.validity.valid) choose(input.value);
      else input.reportValidity(); // a day to come
    });
  }
  for (const button of back) button.addEventListener("click", () => { choose(""); button.closest("label, form, div").querySelector("input").focus(); });
}
