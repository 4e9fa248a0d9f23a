// The side bar: conversations, with search; this conversation's name, export and clearing; and the settings.
// Beside the chat where there is room, over it where there is none.

import { latest, nameOf } from "./conversations.js";
import { button, element } from "./elements.js";
import { keep, kept } from "./kept.js";
import { counted, day, language } from "./texts.js";

const WANTED = "lightqa.menu";
const wide = matchMedia("(min-width: 64rem)");
const widest = matchMedia("(min-width: 100rem)");

export class Menu {
  constructor(page, conversations, undo, restore) {
    Object.assign(this, { page, conversations, undo, restore });
    this.dialog = page.querySelector("dialog.menu");
    this.button = page.querySelector("[data-action=menu]");
    this.name = this.dialog.querySelector("#conversation-name");
    this.search = this.dialog.querySelector(".search");
    this.list = this.dialog.querySelector(".kept");
    this.button.addEventListener("click", () => this.toggle());
    page.addEventListener("click", (event) => {
      const action = event.target.closest("[data-action]")?.dataset.action;
      const chosen = event.target.closest("[data-conversation]")?.dataset.conversation;
      if ((event.target === this.dialog && this.isModal) || action === "close-menu") this.toggle();
      if (action === "begin") this.change(() => this.conversations.begin());
      if (action === "clear") this.clear("Conversation cleared.", () => this.conversations.clear());
      if (action === "clear-all") this.clear("All conversations cleared.", () => this.conversations.clearAll());
      if (chosen) this.change(() => this.conversations.open(chosen));
    });
    this.dialog.addEventListener("close", () => this.tell());
    this.search.addEventListener("input", () => this.show());
    this.dialog.querySelector(".rename").addEventListener("submit", (event) => {
      event.preventDefault();
      this.conversations.rename(this.name.value);
      this.fill();
    });
    this.dialog.querySelector(".export").addEventListener("submit", (event) => {
      event.target.elements.conversation.value = JSON.stringify(this.conversations.current);
      event.target.elements.language.value = language;
    });
    for (const change of ["opened", "closed", "kept"]) page.addEventListener(change, () => this.refresh());
    for (const width of [wide, widest]) width.addEventListener("change", () => this.refresh());
    this.refresh();
  }

  /** Whether there is room beside what is shown. */
  get fits() {
    const source = this.page.querySelector(".body").classList.contains("with-source");
    return widest.matches || (wide.matches && !source);
  }

  get isModal() {
    return this.dialog.matches(":modal");
  }

  toggle() {
    const open = !this.dialog.open;
    if (this.fits) keep(WANTED, open ? "open" : "closed");
    if (!open) this.dialog.close();
    else if (this.fits) this.dialog.show();
    else this.dialog.showModal();
    this.fill();
    this.tell();
  }

  /** Puts it where there is room for it, and shows what has changed. */
  refresh() {
    if (!this.isModal) {
      const wanted = this.fits && kept(WANTED) !== "closed";
      // Not by `show`, which would take the focus: nobody has asked for it.
      if (wanted) this.dialog.setAttribute("open", "");
      else if (this.dialog.open) this.dialog.close();
    }
    this.fill();
    this.tell();
  }

  tell() {
    const beside = this.dialog.open && !this.isModal;
    this.button.setAttribute("aria-expanded", String(this.dialog.open));
    this.page.querySelector(".body").classList.toggle("with-menu", beside);
  }

  change(how) {
    how();
    if (this.isModal) this.dialog.close();
    this.restore();
    this.refresh();
  }

  clear(words, how) {
    const beside = !this.isModal;
    this.change(() => {
      const back = how();
      this.undo.offer(words, () => this.change(back));
    });
    // Where the menu stays, the button is gone with what it cleared, and would take the focus with it.
    if (beside) this.page.querySelector("#question").focus();
  }

  fill() {
    const { current } = this.conversations;
    if (document.activeElement !== this.name) {
      this.name.value = current.name || (current.turns.length ? nameOf(current) : "");
    }
    this.dialog.querySelector(".this").hidden = current.turns.length === 0;
    this.show();
  }

  show() {
    const { all, current } = this.conversations;
    const sought = this.search.value.trim().toLowerCase();
    const fits = (conversation) =>
      [nameOf(conversation), ...conversation.turns.flatMap(({ reply }) => [reply.question, ...reply.sentences.map(({ text }) => text)])]
        .some((words) => words.toLowerCase().includes(sought));
    const found = all.filter(fits);
    this.search.hidden = all.length === 0;
    this.dialog.querySelector("[data-action=clear-all]").hidden = all.length === 0;
    this.dialog.querySelector(".none").hidden = all.length === 0 || found.length > 0;
    this.list.replaceChildren(
      ...found.map((conversation) => {
        const said = `${day(latest(conversation))} · ${counted(conversation.turns.length, "question")}`;
        const choice = button("", null, { dataset: { conversation: conversation.id } });
        choice.append(
          element("span", { textContent: nameOf(conversation), dir: "auto" }),
          element("span", { textContent: said, className: "when" }),
        );
        if (conversation.id === current.id) choice.setAttribute("aria-current", "true");
        return element("li", {}, choice);
      }),
    );
  }
}
