// What was cleared can be brought back until the next thing is cleared, or the line is closed.

import { t } from "./texts.js";

export class Undo {
  constructor(page) {
    this.line = page.querySelector(".undo");
    this.turns = page.querySelector(".turns");
    this.line.addEventListener("click", (event) => {
      const action = event.target.closest("[data-action]")?.dataset.action;
      if (action === "undo") this.back?.();
      if (action) this.close();
    });
  }

  /** @param words What was done. @param back Undoes it. */
  offer(words, back) {
    this.back = back;
    this.line.hidden = false;
    this.line.querySelector("span").textContent = t(words);
  }

  close() {
    this.back = null;
    // Its buttons go with it.
    if (this.line.contains(document.activeElement)) this.turns.focus({ preventScroll: true });
    this.line.hidden = true;
  }
}
