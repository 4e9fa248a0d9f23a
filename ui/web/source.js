// The source beside the chat: opened at a citation, with all quotes of the answer marked at once.

import { copy, quoted } from "./copying.js";
import { element } from "./elements.js";
import { messageOf, post } from "./server.js";
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
    const stayed = this.reply === reply && this.at()?.document === this.at(number)?.document;
    Object.assign(this, { reply, number, opener: opener ?? this.opener });
    this.lay(html, t("Quote {number} of {count}", { number, count: reply.citations.length }));
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
    Object.assign(this, { reply: null, number: 0, opener });
    this.lay(html, t("Whole document"));
    this.text.scrollTop = 0;
    this.text.focus({ preventScroll: true });
  }

  lay(html, position) {
    this.text.innerHTML = html;
    foreign(this.text);
    for (const table of this.text.querySelectorAll(".wide")) table.ariaLabel = t("Table");
    this.position.textContent = position;
    for (const step of this.dialog.querySelectorAll("[data-step]")) {
      step.hidden = this.numbers.length < 2;
      step.disabled = this.beside(Number(step.dataset.step)) === undefined;
    }
    this.dialog.querySelector("[data-action=copy-quote]").hidden = !this.reply;
    this.show();
  }

  /** What to show: the source, or why there is none; null once something else was opened, or all was closed. */
  async fetched(asked) {
    this.opening = asked;
    this.dialog.ariaBusy = "true";
    const html = await post("source", { ...asked, language }).then(
      (source) => source.html,
      (problem) => element("p", { textContent: messageOf(problem) }).outerHTML,
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

  /** The numbers of the quotes that can be gone to; none where a whole document is read. */
  get numbers() {
    return this.reply?.citations.map(({ number }) => number) ?? [];
  }

  at(number = this.number) {
    return this.reply?.citations.find((citation) => citation.number === number);
  }

  /** The number of the quote before or after: seen from the one that is on its way, so that two presses go two on. */
  beside(by) {
    return this.numbers[this.numbers.indexOf(this.opening?.number ?? this.number) + by];
  }

  step(by) {
    const next = this.beside(by);
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
