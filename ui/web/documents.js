// The view of the documents: what is indexed, and, where the operator allows it, removing what was added.

import { get, messageOf, request } from "./server.js";
import { sure, unsure } from "./sure.js";
import { foreign, language, t } from "./texts.js";

export class Documents {
  constructor(page, source) {
    Object.assign(this, { page, source });
    this.view = page.querySelector("section.documents");
    this.list = this.view.querySelector(".listed");
    this.view.addEventListener("click", (event) => {
      const title = event.target.closest("[data-document]");
      const remove = event.target.closest("[data-remove]");
      const forget = event.target.closest("[data-forget]");
      if (title) this.source.read(title.dataset.document, title);
      if (remove) this.remove(remove, `documents?document=${encodeURIComponent(remove.dataset.remove)}&language=${language}`);
      if (forget) this.remove(forget, `kept?id=${encodeURIComponent(forget.dataset.forget)}`);
    });
  }

  /** Shows the list as it is now; one that comes after it was asked for again is left. */
  async show() {
    const showing = (this.showing = get(`documents?language=${language}`));
    try {
      const { html } = await showing;
      // Laid out anew only where something has changed: a person may have their finger on it.
      if (this.showing !== showing || this.html === html) return;
      this.html = html;
      this.list.innerHTML = html;
      foreign(this.list);
    } catch (problem) {
      if (this.showing !== showing) return;
      this.html = null;
      this.list.textContent = messageOf(problem);
    }
  }

  async remove(button, address) {
    if (!sure(button, t("Press again to remove"))) return;
    button.disabled = true;
    button.textContent = t("Removing …");
    try {
      await request(address, { method: "DELETE" });
      this.page.dispatchEvent(new Event("changed"));
      await this.show();
      this.view.focus();
    } catch (problem) {
      button.disabled = false;
      unsure(button);
      const item = button.closest("li").firstElementChild;
      const told = item.querySelector("[role=alert]") ?? item.appendChild(document.createElement("p"));
      told.role = "alert";
      told.textContent = messageOf(problem);
    }
  }
}
