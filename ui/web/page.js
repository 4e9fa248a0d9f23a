// The page as a whole: views, theme, and the parts put together when Gradio has placed the element.

import { Chat } from "./chat.js";
import { Conversations } from "./conversations.js";
import { Documents } from "./documents.js";
import { Judging } from "./judging.js";
import { Keeping } from "./keeping.js";
import { Menu } from "./menu.js";
import { SourceView } from "./source.js";
import { Writing } from "./writing.js";

const THEME = "lightqa.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

const stored = () => {
  try {
    return localStorage.getItem(THEME);
  } catch {
    return null;
  }
};

function paint(theme) {
  document.documentElement.style.colorScheme = theme ?? "light dark";
}

paint(stored());

class Page extends HTMLElement {
  connectedCallback() {
    if (this.chat) return;
    if (this.parentElement !== document.body) {
      // Out of Gradio's container, whose style sheet flattens buttons and headings, and whose landmarks
      // would stand around ours; connecting it there comes back here.
      document.body.prepend(this);
      return;
    }
    this.conversations = new Conversations();
    this.source = new SourceView(this);
    this.chat = new Chat(this, this.conversations, this.source);
    this.writing = new Writing(this, this.chat, this.conversations);
    this.judging = new Judging(this, this.conversations);
    this.keeping = new Keeping(this);
    this.documents = new Documents(this, this.source);
    this.menu = new Menu(this, this.conversations, () => {
      this.show("chat");
      this.chat.restore();
    });
    this.conversations.onElsewhere({
      added: (turn, at) => this.chat.join(turn, at),
      cleared: () => this.chat.restore(),
      changed: () => this.menu.refresh(),
    });
    this.addEventListener("kept", () => this.menu.refresh());
    this.addEventListener("click", (event) => {
      const view = event.target.closest("[data-view]");
      if (view) this.show(view.dataset.view);
      if (event.target.closest("[data-action=theme]")) this.toggle();
    });
    this.label();
    dark.addEventListener("change", () => this.label());
    this.chat.restore();
  }

  show(view) {
    for (const button of this.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
    this.querySelector("section.chat").hidden = view !== "chat";
    this.querySelector("section.documents").hidden = view !== "documents";
    this.source.close();
    if (view === "documents") this.documents.show();
  }

  toggle() {
    const theme = this.isDark() ? "light" : "dark";
    try {
      localStorage.setItem(THEME, theme);
    } catch {
      // Not kept, but in force until the page is closed.
    }
    this.chosen = theme;
    paint(theme);
    this.label();
  }

  isDark() {
    const chosen = this.chosen ?? stored();
    return chosen ? chosen === "dark" : dark.matches;
  }

  label() {
    this.querySelector("[data-action=theme] .words").textContent = this.isDark() ? "Light" : "Dark";
  }
}

customElements.define("lightqa-page", Page);
