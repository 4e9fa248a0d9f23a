// The source beside the chat: opened at a citation, with all quotes of the answer marked at once.

import { copy, quoted } from "./copying.js";
import { Problem, post } from "./server.js";
import { foreign, language, t } from "./texts.js";

const wide = matchMedia("(min-width: 64rem)");

export class SourceView {
  constructor(page) {
    this.dialog = page.querySelector("dialog.source");
    this.text = this.dialog.querySelector(".source-text");
    this.position = this.dialog.querySelector(".position");
    this.dialog.addEventListener("click", (event) => {
      const step = event.target.closest("[data-step]");
      if (step) this.step(Number(step.dataset.step));
      const copying = event.target.closest("[data-action=copy-quote]");
      if (copying) this.copy(copying);
      if (event.target.closest("[data-action=close-source]") || event.target === this.dialog) this.close();
    });
    this.dialog.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      // Arrows move a wide table, and a whole document has no other quote to go to.
      const steps = this.reply && !event.target.closest(".wide");
      const step = { ArrowRight: 1, ArrowLeft: -1, n: 1, p: -1 }[event.key];
      if (step && steps) this.step(step);
      else if (event.key === "Escape") this.close();
      else return;
      event.preventDefault();
    });
    page.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.target.closest("dialog")) this.close();
    });
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    wide.addEventListener("change", () => {
      if (!this.dialog.open) return;
      this.dialog.close();
      this.show();
    });
  }

  get fits() {
    return wide.matches;
  }

  /** Opens the source of one citation; `focus` moves the reader there, as a click asks for. */
  async open(reply, number, { opener = null, focus = true } = {}) {
    const html = await this.fetched({ reply, number });
    if (html === null) return;
    const stayed = this.reply === reply && this.at()?.document === reply.citations.find((c) => c.number === number)?.document;
    Object.assign(this, { reply, number, opener: opener ?? this.opener });
    this.lay(html);
    for (const step of this.dialog.querySelectorAll("[data-step], [data-action=copy-quote]")) step.hidden = false;
    const numbers = reply.citations.map((citation) => citation.number);
    for (const step of this.dialog.querySelectorAll("[data-step]")) step.hidden = numbers.length === 1;
    this.position.textContent = t("Quote {number} of {count}", { number, count: numbers.length });
    this.dialog.querySelector('[data-step="-1"]').disabled = number === numbers[0];
    this.dialog.querySelector('[data-step="1"]').disabled = number === numbers.at(-1);
    this.show();
    const mark = this.text.querySelector("mark.current");
    if (!stayed || !mark) this.text.scrollTop = 0;
    mark?.scrollIntoView({ block: "center", behavior: "instant" });
    if (focus) this.text.focus({ preventScroll: true });
    this.dialog.dispatchEvent(new CustomEvent("opened", { bubbles: true, detail: { reply, number } }));
  }

  /** Opens a whole document, without any quote. */
  async read(path, opener) {
    const html = await this.fetched({ document: path });
    if (html === null) return;
    this.lay(html);
    Object.assign(this, { reply: null, number: 0, opener });
    this.position.textContent = t("Whole document");
    for (const step of this.dialog.querySelectorAll("[data-step], [data-action=copy-quote]")) step.hidden = true;
    this.show();
    this.text.scrollTop = 0;
    this.text.focus({ preventScroll: true });
  }

  lay(html) {
    this.text.innerHTML = html;
    foreign(this.text);
    for (const table of this.text.querySelectorAll(".wide")) table.ariaLabel = t("Table");
  }

  /** What to show: the source, or why there is none; null once something else was opened, or all was closed. */
  async fetched(asked) {
    this.opening = asked;
    this.dialog.ariaBusy = "true";
    const html = await post("source", { ...asked, language }).then(
      (source) => source.html,
      (problem) => {
        if (!(problem instanceof Problem)) throw problem;
        return Object.assign(document.createElement("p"), { textContent: problem.message }).outerHTML;
      },
    );
    if (this.opening !== asked) return null;
    this.opening = null;
    this.dialog.ariaBusy = "false";
    return html;
  }

  async copy(button) {
    if (!(await copy(quoted(this.at())))) return;
    button.textContent = t("Copied");
    setTimeout(() => (button.textContent = t("Copy quote")), 2000);
  }

  at() {
    return this.reply?.citations.find((citation) => citation.number === this.number);
  }

  step(by) {
    if (!this.reply) return;
    const numbers = this.reply.citations.map((citation) => citation.number);
    // From the one that is on its way, so that two presses go two quotes on.
    const next = numbers[numbers.indexOf(this.opening?.number ?? this.number) + by];
    if (next !== undefined) this.open(this.reply, next);
  }

  show() {
    if (this.dialog.open) return;
    // `show()` would take the focus from who is typing; beside the chat, only who opens it on purpose moves there.
    if (wide.matches) this.dialog.open = true;
    else this.dialog.showModal();
    this.dialog.parentElement.classList.add("with-source");
  }

  close() {
    this.opening = null;
    this.dialog.ariaBusy = "false";
    this.dialog.parentElement.classList.remove("with-source");
    if (!this.dialog.open) return;
    const held = this.dialog.contains(document.activeElement);
    this.dialog.close();
    this.dialog.dispatchEvent(new CustomEvent("closed", { bubbles: true }));
    if (held && this.opener?.isConnected) this.opener.focus();
  }
}
