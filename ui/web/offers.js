// While one types, up to five questions that the documents answer: a combobox after the WAI-ARIA pattern.

import { element } from "./elements.js";
import { Matching } from "./matching.js";
import { Problem, get } from "./server.js";
import { t } from "./texts.js";

const MOST = 5;

export class Offers {
  /** @param choose What is done with the question that was chosen. */
  constructor(page, box, choose) {
    Object.assign(this, { box, choose });
    this.list = page.querySelector(".offers");
    this.told = page.querySelector("[data-live=polite]");
    this.active = -1;
    this.renew();
    box.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(option.textContent);
    });
  }

  /** What is typed goes nowhere: all that could be asked is here. */
  async fetch() {
    const fetching = (this.fetching = get("offered"));
    try {
      const { questions } = await fetching;
      if (this.fetching !== fetching) return;
      this.matching = new Matching(questions);
      this.show(this.box.textContent);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
    }
  }

  /** Has the questions fetched when the box is used next, as at first and when the documents have changed. */
  renew() {
    this.matching = this.fetching = null;
    this.box.addEventListener("focus", () => this.fetch(), { once: true });
  }

  show(typed) {
    const fitting = this.matching?.best(typed, MOST) ?? [];
    const same = fitting.length === 1 && fitting[0] === typed.trim();
    if (!fitting.length || same || document.activeElement !== this.box) return this.close();
    this.list.replaceChildren(
      ...fitting.map((question, at) =>
        element("li", { id: `offer-${at}`, role: "option", textContent: question, dir: "auto", lang: "en" }),
      ),
    );
    this.list.hidden = false;
    this.box.setAttribute("aria-expanded", "true");
    this.move(-1);
    const fit = fitting.length === 1 ? "{count} question fits" : "{count} questions fit";
    this.told.textContent = t(fit, { count: fitting.length });
  }

  close() {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.box.setAttribute("aria-expanded", "false");
    this.move(-1);
  }

  move(to) {
    const options = [...this.list.children];
    this.active = to;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === to)));
    if (to < 0) this.box.removeAttribute("aria-activedescendant");
    else this.box.setAttribute("aria-activedescendant", options[to].id);
    options[to]?.scrollIntoView({ block: "nearest" });
  }

  take(question) {
    this.close();
    this.choose(question);
  }

  /** Whether a key was meant for the list. */
  key(event) {
    if (this.list.hidden) return false;
    const count = this.list.children.length;
    if (event.key === "Escape") this.close();
    else if (event.key === "ArrowDown") this.move(this.active + 1 < count ? this.active + 1 : -1);
    else if (event.key === "ArrowUp") this.move(this.active < 0 ? count - 1 : this.active - 1);
    else if (event.key === "Enter" && this.active >= 0) this.take(this.list.children[this.active].textContent);
    else return false;
    return true;
  }
}
