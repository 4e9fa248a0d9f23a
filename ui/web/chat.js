// The conversation: asking, showing what came, and showing it again after a reload.

import { Problem, ask, get, post } from "./server.js";

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

export class Chat {
  constructor(page, conversations, source) {
    Object.assign(this, { page, conversations, source });
    this.turns = page.querySelector(".turns");
    this.welcome = page.querySelector(".welcome");
    this.form = page.querySelector(".composer");
    this.box = this.form.querySelector("textarea");
    this.problem = this.form.querySelector(".problem");
    this.replies = new WeakMap();
    this.busy = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(this.box.value);
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.form.requestSubmit();
    });
    this.box.addEventListener("input", () => this.fit());
    this.turns.addEventListener("click", (event) => {
      const citation = event.target.closest("[data-citation]");
      const question = event.target.closest("[data-question]");
      if (citation) {
        const reply = this.replies.get(citation.closest(".turn"));
        this.source.open(reply, Number(citation.dataset.citation), { opener: citation });
      } else if (question) this.submit(question.dataset.question);
    });
    page.addEventListener("opened", ({ detail }) => this.mark(detail.reply, detail.number));
  }

  /** Puts the open conversation on the page. */
  async restore() {
    this.source.close();
    this.turns.querySelectorAll(".turn").forEach((turn) => turn.remove());
    const { turns } = this.conversations.current;
    this.welcome.hidden = turns.length > 0;
    if (!turns.length) return this.greet();
    const made = turns.map(({ reply }) => this.begin(reply.question));
    try {
      const { html } = await post("render", { replies: turns.map((turn) => turn.reply) });
      made.forEach((turn, at) => this.fill(turn, turns[at].reply, html[at]));
      made.at(-1).scrollIntoView({ block: "start", behavior: "instant" });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      made.forEach((turn) => this.fail(turn, problem.message));
    }
  }

  async greet() {
    const { documents, examples } = await get("welcome");
    this.welcome.querySelector(".about").textContent =
      `Answers are sentences quoted from ${documents} document${documents === 1 ? "" : "s"} on this machine. ` +
      "The number after a quote opens its source at the very words.";
    this.welcome.querySelector(".examples").replaceChildren(
      ...examples.map((question) => {
        const button = element("button", { type: "button", textContent: question, dir: "auto" });
        button.dataset.question = question;
        return element("li", {}, button);
      }),
    );
  }

  async submit(given) {
    const question = given.trim();
    const longest = Number(this.box.dataset.longest);
    this.problem.textContent = "";
    if (this.busy) return;
    if (!question) return this.refuse("Please type a question first.");
    if (question.length > longest) {
      const counts = `${question.length.toLocaleString("en")} characters; at most ${longest.toLocaleString("en")}`;
      return this.refuse(`This question has ${counts} can be asked. Please shorten it.`);
    }
    this.box.value = "";
    this.fit();
    this.box.removeAttribute("aria-invalid");
    this.welcome.hidden = true;
    const turn = this.begin(question);
    turn.scrollIntoView({ block: "start" });
    await this.answer(turn, question);
  }

  async answer(turn, question) {
    this.busy = true;
    turn.setAttribute("aria-busy", "true");
    turn.querySelector(".replied").replaceChildren(
      element("p", { className: "working", textContent: "Looking in the documents" }),
    );
    const conversation = this.conversations.current;
    try {
      const reply = await ask(question, this.conversations.questions());
      const { html } = await post("render", { replies: [reply] });
      if (conversation !== this.conversations.current) return;
      this.conversations.add(reply);
      this.fill(turn, reply, html[0]);
      this.announce(reply);
      turn.scrollIntoView({ block: "start" });
      if (reply.kind !== "answer") this.source.close();
      else if (this.source.fits) await this.source.open(reply, reply.citations[0].number, { focus: false });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.fail(turn, problem.message, question);
    } finally {
      this.busy = false;
      turn.removeAttribute("aria-busy");
    }
  }

  begin(question) {
    const heading = element("h2", { className: "question", dir: "auto", textContent: question });
    const turn = element("article", { className: "turn" }, heading, element("div", { className: "replied" }));
    turn.setAttribute("aria-label", "Question and answer");
    this.turns.append(turn);
    if (!this.source.fits) this.page.querySelector(".notice").open = false;
    return turn;
  }

  fill(turn, reply, html) {
    this.replies.set(turn, reply);
    turn.querySelector(".replied").innerHTML = html;
    this.turns.dispatchEvent(new CustomEvent("filled", { bubbles: true, detail: { turn, reply } }));
  }

  fail(turn, message, question) {
    const again = element("button", { type: "button", textContent: "Try again" });
    again.addEventListener("click", () => (question ? this.answer(turn, question) : this.restore()));
    const told = element("p", { className: "note failed", textContent: message });
    told.setAttribute("role", "alert");
    turn.querySelector(".replied").replaceChildren(told, again);
  }

  refuse(message) {
    this.problem.textContent = message;
    this.box.setAttribute("aria-invalid", "true");
    this.box.focus();
  }

  announce(reply) {
    const quotes = reply.sentences.map((sentence) => sentence.text).join(" ");
    const notes = reply.notes.map((note) => note.text).join(" ");
    const count = reply.sentences.length;
    const said = count ? `Answer with ${count} quote${count === 1 ? "" : "s"}. ${quotes}` : "";
    const live = reply.kind === "emergency" ? "alert" : "polite";
    this.page.querySelector(`[data-live=${live}]`).textContent = `${said} ${notes}`.trim();
  }

  /** Shows which citation the source stands open at. */
  mark(reply, number) {
    for (const button of this.turns.querySelectorAll("[data-citation]")) {
      const opened = this.replies.get(button.closest(".turn")) === reply;
      if (opened && Number(button.dataset.citation) === number) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  fit() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, 160)}px`;
  }
}
