// The page as a whole: its views, and the parts put together when Gradio has placed the element.

import { Actions } from "./actions.js";
import { Adding } from "./adding.js";
import { Chat } from "./chat.js";
import { Conversations } from "./conversations.js";
import { Documents } from "./documents.js";
import { EmergencyCards } from "./emergency.js";
import { Judging } from "./judging.js";
import { offerKeeping } from "./keeping.js";
import { follow, linked } from "./links.js";
import { Menu } from "./menu.js";
import { Settings } from "./settings.js";
import { SourceView } from "./source.js";
import { translate } from "./texts.js";
import { Undo } from "./undo.js";
import { Writing } from "./writing.js";

class Page extends HTMLElement {
  connectedCallback() {
    if (this.chat) return;
    if (this.parentElement !== document.body) {
      // Out of Gradio's container, whose style sheet flattens buttons and headings, and whose landmarks
      // would stand around ours; connecting it there comes back here.
      document.body.prepend(this);
      return;
    }
    translate(this);
    this.conversations = new Conversations();
    this.source = new SourceView(this);
    this.chat = new Chat(this, this.conversations, this.source);
    new Writing(this, this.chat, this.conversations);
    new EmergencyCards(this, this.chat);
    new Actions(this, this.chat, this.conversations);
    new Judging(this, this.conversations);
    offerKeeping(this);
    this.documents = new Documents(this, this.source);
    new Adding(this);
    new Settings(this);
    this.menu = new Menu(this, this.conversations, new Undo(this), () => {
      this.show("chat");
      this.chat.restore();
    });
    this.conversations.onElsewhere({
      added: (turn, at) => this.chat.join(turn, at),
      cleared: () => this.chat.restore(),
      changed: () => this.menu.refresh(),
    });
    this.addEventListener("click", (event) => {
      const view = event.target.closest("[data-view]");
      if (view) this.show(view.dataset.view);
    });
    this.addEventListener("changed", () => {
      this.chat.composer.offers.renew();
      this.documents.show();
    });
    window.addEventListener("hashchange", () => this.start());
    this.start();
  }

  async start() {
    if (linked()) this.show("chat");
    if (!(await follow(this.chat, this.conversations)) && !this.started) this.chat.restore();
    this.started = true;
    this.menu.refresh();
  }

  show(view) {
    for (const button of this.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
    this.querySelector("section.chat").hidden = view !== "chat";
    this.querySelector("section.documents").hidden = view !== "documents";
    this.source.close();
    if (view !== "documents") return;
    this.querySelector(".notice").open = false;
    this.documents.show();
  }
}

customElements.define("lightqa-page", Page);
