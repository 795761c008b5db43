// The part of the address behind # is the browser's own: it waits here while the company's log-in is at another site.

import { leaveBehind } from "./desk-address.js";

document.querySelector("#company").addEventListener("click", leaveBehind);
