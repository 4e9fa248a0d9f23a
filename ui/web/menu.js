// The dialog of conversations: rename, take along, switch, clear.

import { named } from "./conversations.js";
import { sure } from "./sure.js";

const AGAIN = "Press again to clear";
const FORGET = { clear: "Clear this conversation", "clear-all": "Clear all conversations" };

export class Menu {
  constructor(page, conversations, restore) {
    Object.assign(this, { conversations, restore });
    this.dialog = page.querySelector("dialog.conversations");
    this.name = this.dialog.querySelector("#conversation-name");
    this.kept = this.dialog.querySelector(".kept");
    page.querySelector("[data-action=conversations]").addEventListener("click", () => this.open());
    this.dialog.addEventListener("click", (event) => {
      const action = event.target.closest("[data-action]")?.dataset.action;
      const chosen = event.target.closest("[data-conversation]")?.dataset.conversation;
      if (event.target === this.dialog || action === "close") this.dialog.close();
      if (action === "begin") this.change(() => this.conversations.begin());
      if (action === "clear" && sure(event.target, AGAIN)) this.change(() => this.conversations.clear());
      if (action === "clear-all" && sure(event.target, AGAIN)) this.change(() => this.conversations.clearAll());
      if (chosen) this.change(() => this.conversations.open(chosen));
    });
    this.dialog.querySelector(".rename").addEventListener("submit", (event) => {
      event.preventDefault();
      this.conversations.rename(this.name.value);
      this.fill();
    });
    this.dialog.querySelector(".export").addEventListener("submit", (event) => {
      event.target.elements.conversation.value = JSON.stringify(this.conversations.current);
    });
  }

  open() {
    this.fill();
    this.dialog.showModal();
  }

  /** Shows what has changed while it stands open. */
  refresh() {
    if (this.dialog.open) this.list();
  }

  change(how) {
    how();
    this.dialog.close();
    this.restore();
  }

  fill() {
    const { current } = this.conversations;
    this.name.value = current.name || (current.turns.length ? named(current) : "");
    const empty = current.turns.length === 0;
    for (const button of this.dialog.querySelectorAll(".rename button, .export button, [data-action=clear]")) {
      button.disabled = empty;
    }
    for (const [action, words] of Object.entries(FORGET)) {
      const button = this.dialog.querySelector(`[data-action=${action}]`);
      button.textContent = words;
      delete button.dataset.sure;
    }
    this.list();
  }

  list() {
    const { all, current } = this.conversations;
    this.dialog.querySelector("[data-action=clear-all]").disabled = all.length === 0;
    this.kept.replaceChildren(
      ...all.map((conversation) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        Object.assign(button, { type: "button", textContent: named(conversation), dir: "auto" });
        button.dataset.conversation = conversation.id;
        if (conversation.id === current.id) button.setAttribute("aria-current", "true");
        const day = document.createElement("span");
        const count = conversation.turns.length;
        day.textContent =
          `${new Date(conversation.started).toLocaleDateString("en", { dateStyle: "medium" })}, ` +
          `${count} question${count === 1 ? "" : "s"}`;
        item.append(button, day);
        return item;
      }),
    );
  }
}
