// The box in which a question is typed: sending, stopping, going back to the last one, one document alone.

import { Offers } from "./offers.js";
import { language, t } from "./texts.js";

export class Composer {
  /**
   * @param page The page.
   * @param asks Asks a question, in the place of the turn that was edited where there is one.
   * @param last The last turn that can be edited, or nothing.
   */
  constructor(page, { asks, stops, last }) {
    Object.assign(this, { page, asks, last });
    this.form = page.querySelector(".composer");
    this.box = this.form.querySelector(".box");
    this.problem = this.form.querySelector(".problem");
    this.scope = null;
    this.edited = null;
    makeEditable(this.box);
    this.offers = new Offers(page, this.box, (question) => {
      this.value = question;
      this.send();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.form.addEventListener("click", (event) => {
      const action = event.target.closest("[data-action]")?.dataset.action;
      if (action === "stop") stops();
      if (action === "all-documents") this.only(null);
      if (action === "stop-editing") this.leave();
    });
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("input", () => {
      // What is left behind when all is deleted would hide the placeholder.
      if (!this.value.trim()) this.box.replaceChildren();
      this.offers.show(this.value);
    });
    page.addEventListener("click", (event) => {
      const only = event.target.closest("[data-only]");
      if (only) this.only({ path: only.dataset.only, title: titleOf(only) });
    });
  }

  get value() {
    return this.box.textContent;
  }

  set value(words) {
    this.box.textContent = words;
    this.offers.close();
  }

  key(event) {
    if (event.isComposing) return;
    // The Escape that closes the offers, or ends an edit, is not meant for the source as well.
    if (this.offers.key(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "ArrowUp" && !this.value && this.last()) {
      event.preventDefault();
      this.edit(this.last());
    } else if (event.key === "Escape" && this.edited) {
      event.stopPropagation();
      this.leave();
    }
  }

  send() {
    const words = this.value;
    const edited = this.edited;
    if (!this.can(words)) return;
    this.offers.close();
    this.leave();
    this.value = "";
    // What was attached has been told; its account would stand in the way of the answer.
    const attached = this.form.querySelector(".attached");
    if (attached.ariaBusy !== "true") attached.replaceChildren();
    this.asks(words.trim(), edited);
  }

  /** Whether a question can be asked; where not, it is said why. */
  can(given) {
    const question = given.trim();
    const longest = Number(this.box.dataset.longest);
    if (this.waiting) return this.refuse(t("One moment: your last question is still being answered."));
    if (!question) return this.refuse(t("Please type a question first."));
    if (question.length > longest) {
      const [count, most] = [question.length, longest].map((number) => number.toLocaleString(language));
      return this.refuse(
        t("This question has {count} characters; at most {most} can be asked. Please shorten it.", { count, most }),
      );
    }
    this.refuse("");
    return true;
  }

  refuse(message) {
    this.problem.textContent = message;
    if (message) this.box.setAttribute("aria-invalid", "true");
    else this.box.removeAttribute("aria-invalid");
    if (message) this.box.focus();
    return false;
  }

  /** While a question is being answered, the button stops that. */
  wait(waiting) {
    this.waiting = waiting;
    this.form.querySelector(".ask").hidden = waiting;
    this.form.querySelector(".stop").hidden = !waiting;
    if (!waiting) this.refuse("");
  }

  /** Takes the last question into the box; sending it replaces the turn. */
  edit(turn, words = turn.querySelector(".question").textContent) {
    this.edited = turn;
    this.value = words;
    this.form.querySelector(".editing").hidden = false;
    this.box.focus();
    getSelection().selectAllChildren(this.box);
    getSelection().collapseToEnd();
  }

  leave() {
    if (this.edited) this.value = "";
    this.edited = null;
    this.form.querySelector(".editing").hidden = true;
  }

  /** Asks one document alone, `{ path, title }`, or all of them again. */
  only(scope) {
    this.scope = scope;
    const line = this.form.querySelector(".scope");
    line.hidden = !scope;
    line.querySelector("strong").textContent = scope?.title ?? "";
    if (scope) this.page.show("chat");
    this.box.focus();
  }
}

function titleOf(button) {
  const around = button.closest("li, tr, .source-text");
  return around.querySelector(".title, h2, strong").textContent;
}

/** Plain text alone may be typed and pasted. */
function makeEditable(box) {
  try {
    box.contentEditable = "plaintext-only";
  } catch {
    box.contentEditable = "true";
    box.addEventListener("paste", (event) => {
      event.preventDefault();
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
    });
  }
}
