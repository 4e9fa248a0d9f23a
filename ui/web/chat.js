// The conversation: asking, showing what came, and showing it again after a reload.

import { Composer } from "./composer.js";
import { country } from "./country.js";
import { Problem, ask, get, post } from "./server.js";
import { counted, foreign, language, noted, t } from "./texts.js";

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

/** Replies as the server lays them out. */
const rendered = async (replies, signal) =>
  (await post("render", { replies, language, country: country() ?? "" }, signal)).html;

export class Chat {
  constructor(page, conversations, source) {
    Object.assign(this, { page, conversations, source });
    this.turns = page.querySelector(".turns");
    this.welcome = page.querySelector(".welcome");
    this.replies = new WeakMap();
    this.pending = null;
    this.composer = new Composer(page, {
      asks: (question) => this.answer(question),
      stops: () => this.pending?.stopping.abort(),
      last: () => this.last,
      replaces: (turn) => this.takeBack(turn),
    });
    this.turns.addEventListener("click", (event) => {
      const citation = event.target.closest("[data-citation]");
      const question = event.target.closest("[data-question]");
      if (citation) {
        const reply = this.replies.get(citation.closest(".turn"));
        this.source.open(reply, Number(citation.dataset.citation), { opener: citation });
      } else if (question) this.submit(question.dataset.question);
    });
    // It does not bubble, but it can be caught on its way down.
    this.turns.addEventListener("toggle", ({ target }) => this.explain(target), true);
    page.addEventListener("opened", ({ detail }) => this.mark(detail.reply, detail.number));
    page.addEventListener("closed", () => this.mark(null, 0));
  }

  /** The last turn, where it has its reply. */
  get last() {
    const turn = [...this.turns.querySelectorAll(".turn")].at(-1);
    return this.replies.has(turn) ? turn : null;
  }

  /** Puts the open conversation on the page. */
  async restore() {
    this.source.close();
    this.composer.refuse("");
    this.composer.leave();
    this.turns.querySelectorAll(".turn").forEach((turn) => turn.remove());
    const { id, turns } = this.conversations.current;
    const made = turns.map(({ reply }) => this.begin(reply.question));
    if (this.pending?.conversation.id === id) this.work(this.pending);
    this.welcome.hidden = this.turns.querySelector(".turn") !== null;
    if (!this.welcome.hidden) return this.greet();
    if (!made.length) return;
    try {
      const html = await rendered(turns.map((turn) => turn.reply));
      // Another conversation may have been opened by now, or the next question asked.
      if (!made.at(-1).isConnected) return;
      made.forEach((turn, at) => this.fill(turn, turns[at].reply, html[at]));
      if (!made.at(-1).nextElementSibling) made.at(-1).scrollIntoView({ block: "start", behavior: "instant" });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      made.forEach((turn) => this.fail(turn, problem.message));
    }
  }

  /** Shows a turn that was asked in another tab, at its place. */
  async join(saved, at) {
    this.welcome.hidden = true;
    const turn = this.begin(saved.reply.question, this.turns.querySelectorAll(".turn")[at]);
    try {
      this.fill(turn, saved.reply, (await rendered([saved.reply]))[0]);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.fail(turn, problem.message);
    }
  }

  async greet() {
    const about = this.welcome.querySelector(".about");
    try {
      const { documents, examples } = await get("welcome");
      about.textContent = t(
        "Answers are sentences quoted from {documents} on this machine. The number after a quote opens its source at the very words.",
        { documents: counted(documents, "document") },
      );
      this.welcome.querySelector(".examples").replaceChildren(...examples.map((question) => this.example(question)));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      about.textContent = problem.message;
    }
  }

  example(question) {
    const button = element("button", { type: "button", textContent: question, dir: "auto", lang: "en" });
    button.dataset.question = question;
    return element("li", {}, button);
  }

  /** Asks what can be asked, and says whether that was so. */
  submit(question) {
    if (!this.composer.can(question)) return false;
    this.answer(question.trim());
    return true;
  }

  /** Asks in the open conversation; the reply is kept there, also if another one is open when it comes. */
  async answer(question) {
    const conversation = this.conversations.current;
    const pending = { conversation, question, stopping: new AbortController() };
    this.pending = pending;
    this.welcome.hidden = true;
    this.work(pending);
    this.say("polite", t("Looking in the documents"));
    pending.turn.scrollIntoView({ block: "start" });
    try {
      const only = this.composer.scope?.path ?? null;
      const reply = await ask(question, this.conversations.questions(), only, pending.stopping.signal);
      const [html] = await rendered([reply], pending.stopping.signal);
      // What was cleared meanwhile stays cleared.
      if (!this.conversations.add(conversation, reply)) return pending.turn.remove();
      this.page.dispatchEvent(new Event("kept"));
      if (pending.turn.isConnected) this.show(pending.turn, reply, html);
    } catch (problem) {
      if (problem.name === "AbortError") this.stopped(pending);
      else if (!(problem instanceof Problem)) throw problem;
      else this.fail(pending.turn, problem.message, question);
    } finally {
      pending.turn.removeAttribute("aria-busy");
      this.done(pending);
    }
  }

  done(pending) {
    if (this.pending !== pending) return;
    this.pending = null;
    this.composer.wait(false);
  }

  /** Puts the question back into the box when the person has stopped it. */
  stopped(pending) {
    const { turn, question } = pending;
    this.done(pending);
    turn.remove();
    this.say("polite", t("Stopped."));
    if (!this.composer.value) this.composer.value = question;
    this.composer.box.focus();
    if (!this.turns.querySelector(".turn")) this.restore();
  }

  /** Takes a turn out of the conversation, to be asked again or in other words. */
  takeBack(turn) {
    this.conversations.takeBack(this.replies.get(turn));
    turn.remove();
    this.source.close();
  }

  /** Puts the question that is being answered on the page, also when its conversation is opened again. */
  work(pending) {
    const working = element("p", { className: "working", textContent: t("Looking in the documents") });
    this.composer.wait(true);
    pending.turn = this.begin(pending.question);
    pending.turn.setAttribute("aria-busy", "true");
    pending.turn.querySelector(".replied").append(working);
  }

  /** Shows a reply that has just come: it is read out, and its first source opens where there is room. */
  show(turn, reply, html) {
    this.fill(turn, reply, html);
    this.announce(reply, turn);
    // Whom to call must be in sight on the smallest screen; the question need not be.
    const first = this.source.fits ? null : turn.querySelector(".reply.emergency");
    (first ?? turn).scrollIntoView({ block: "start" });
    const shown = turn.checkVisibility();
    if (reply.kind !== "answer") this.source.close();
    // Nobody has to wait for it before asking on.
    else if (this.source.fits && shown) this.source.open(reply, reply.citations[0].number, { focus: false });
  }

  /** An empty turn, before another one or last. */
  begin(question, before = null) {
    const heading = element("h2", { className: "question", dir: "auto", textContent: question });
    const turn = element("article", { className: "turn" }, heading, element("div", { className: "replied" }));
    turn.setAttribute("aria-label", t("Question and answer"));
    this.turns.insertBefore(turn, before);
    // Its first sentence stays; the rest was read before the first question, and would take the room of answers.
    this.page.querySelector(".notice").open = false;
    return turn;
  }

  fill(turn, reply, html) {
    this.replies.set(turn, reply);
    const replied = turn.querySelector(".replied");
    replied.innerHTML = html;
    foreign(replied);
    this.turns.dispatchEvent(new CustomEvent("filled", { bubbles: true, detail: { turn, reply } }));
  }

  fail(turn, message, question) {
    const again = element("button", { type: "button", textContent: t("Try again") });
    again.addEventListener("click", () => {
      if (!question) this.restore();
      else if (this.submit(question)) turn.remove();
    });
    const told = element("p", { className: "note failed", textContent: message });
    told.setAttribute("role", "alert");
    turn.querySelector(".replied").replaceChildren(told, again);
  }

  /** Fetches what was read for a reply, when "How was this answered?" is opened for the first time. */
  async explain(details) {
    const place = details.querySelector(".nearest");
    if (!details.open || !place || place.childElementCount) return;
    try {
      place.innerHTML = (await post("nearest", { reply: this.replies.get(details.closest(".turn")), language })).html;
      foreign(place);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      place.textContent = problem.message;
    }
  }

  announce(reply, turn) {
    const card = turn.querySelector(".reply.emergency");
    if (card) return this.say("alert", card.innerText);
    const quotes = reply.sentences.map((sentence) => sentence.text).join(" ");
    // An alarm that stands is told by the card above, in the language of the page.
    const alarm = turn.querySelector(".note.alarm");
    const notes = reply.notes.map((note) => (alarm && note.kind === "alarm" ? alarm.innerText : noted(note))).join(" ");
    const said = reply.sentences.length ? `${t("Answer with {quotes}.", { quotes: counted(reply.sentences.length, "quote") })} ${quotes}` : "";
    this.say("polite", `${said} ${notes}`.trim());
  }

  say(how, words) {
    this.page.querySelector(`[data-live=${how}]`).textContent = words;
  }

  /** Shows which citation the source stands open at. */
  mark(reply, number) {
    for (const button of this.turns.querySelectorAll("[data-citation]")) {
      const opened = this.replies.get(button.closest(".turn")) === reply;
      if (opened && Number(button.dataset.citation) === number) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }
}
