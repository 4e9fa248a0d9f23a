// The conversation: asking, showing what came, and showing it again after a reload.

import { Composer } from "./composer.js";
import { country } from "./country.js";
import { button, element } from "./elements.js";
import { heard } from "./outline.js";
import { ask, messageOf, post } from "./server.js";
import { hush } from "./speech.js";
import { counted, foreign, language, t } from "./texts.js";
import { greet } from "./welcome.js";

/** Replies as the server lays them out, with the telephone numbers of one country. */
export const rendered = async (replies, signal, where = country() ?? "") =>
  (await post("render", { replies, language, country: where }, signal)).html;

export class Chat {
  constructor(page, conversations, source) {
    Object.assign(this, { page, conversations, source });
    this.turns = page.querySelector(".turns");
    this.welcome = page.querySelector(".welcome");
    this.replies = new WeakMap();
    this.pending = null;
    this.unanswered = null;
    this.composer = new Composer(page, {
      asks: (question, edited) => this.answer(question, edited),
      stops: () => this.pending?.stopping.abort(),
      last: () => this.last,
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
    hush();
    this.source.close();
    this.composer.refuse("");
    this.composer.leave();
    this.turns.querySelectorAll(".turn").forEach((turn) => turn.remove());
    const { id, turns } = this.conversations.current;
    const made = turns.map(({ reply }) => this.begin(reply.question));
    if (this.pending?.conversation.id === id) {
      this.pending.replaced = made[turns.findIndex(({ key }) => key === this.pending.replaces)];
      this.work(this.pending);
    } else if (this.unanswered?.conversation.id === id) {
      const { question, problem } = this.unanswered;
      this.fail(this.begin(question), problem, question);
      this.unanswered = null;
    }
    this.welcome.hidden = this.turns.querySelector(".turn") !== null;
    if (!this.welcome.hidden) return greet(this.welcome);
    if (!made.length) return;
    try {
      const html = await rendered(turns.map((turn) => turn.reply));
      // Another conversation may have been opened by now, or the next question asked.
      const there = made.filter((turn) => turn.isConnected);
      for (const turn of there) this.fill(turn, turns[made.indexOf(turn)].reply, html[made.indexOf(turn)]);
      if (!there.length) return;
      if (!made.at(-1).nextElementSibling) made.at(-1).scrollIntoView({ block: "start", behavior: "instant" });
    } catch (problem) {
      made.forEach((turn) => this.fail(turn, messageOf(problem)));
    }
  }

  /** Shows a turn that was asked in another tab, at its place. */
  async join(saved, at) {
    this.welcome.hidden = true;
    const turn = this.begin(saved.reply.question, this.turns.querySelectorAll(".turn")[at]);
    try {
      this.fill(turn, saved.reply, (await rendered([saved.reply]))[0]);
    } catch (problem) {
      this.fail(turn, messageOf(problem));
    }
  }

  /** Asks what can be asked, and says whether that was so. */
  submit(question, replaced) {
    if (!this.composer.can(question)) return false;
    this.answer(question.trim(), replaced);
    return true;
  }

  /**
   * Asks in the open conversation; the reply is kept there, also if another one is open when it comes.
   * It takes the place of the last turn, where that is the one `replaced`, which stays until there is a reply.
   */
  async answer(question, replaced) {
    hush();
    const conversation = this.conversations.current;
    const last = conversation.turns.at(-1);
    const replaces = last && last.reply === this.replies.get(replaced) ? last.key : null;
    const pending = { conversation, question, replaces, replaced: replaces && replaced, stopping: new AbortController() };
    this.pending = pending;
    if (replaces) this.source.close();
    this.welcome.hidden = true;
    this.work(pending);
    this.say("polite", t("Looking in the documents"));
    pending.turn.scrollIntoView({ block: "start" });
    try {
      const only = this.composer.scope?.path ?? null;
      const reply = await ask(question, this.conversations.questions(replaces), only, pending.stopping.signal);
      const [html] = await rendered([reply], pending.stopping.signal);
      const added = this.conversations.add(conversation, reply, replaces);
      // What was cleared meanwhile stays cleared.
      if (!added) return pending.turn.remove();
      this.page.dispatchEvent(new Event("kept"));
      pending.replaced?.remove();
      if (pending.turn.isConnected) this.show(pending.turn, reply, html);
      if (!added.kept) this.warn(pending.turn);
    } catch (problem) {
      if (pending.replaced) pending.replaced.hidden = false;
      if (problem.name === "AbortError") this.stopped(pending);
      else if (pending.turn.isConnected) this.fail(pending.turn, messageOf(problem), question, pending.replaced);
      // Told when its conversation is opened again.
      else this.unanswered = { conversation, question, problem: messageOf(problem) };
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
    const { turn, question, replaced } = pending;
    this.done(pending);
    turn.remove();
    this.say("polite", t("Stopped."));
    if (!this.composer.value && replaced) this.composer.edit(replaced, question);
    else if (!this.composer.value) this.composer.value = question;
    this.composer.box.focus();
    if (!this.turns.querySelector(".turn")) this.restore();
  }

  /** Puts the question that is being answered on the page, also when its conversation is opened again. */
  work(pending) {
    const working = element("p", { className: "working", textContent: t("Looking in the documents") });
    this.composer.wait(true);
    pending.turn = this.begin(pending.question);
    pending.turn.setAttribute("aria-busy", "true");
    if (pending.replaced) pending.replaced.hidden = true;
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
    const replied = element("div", { className: "replied" });
    const turn = element("article", { className: "turn", ariaLabel: t("Question and answer") }, heading, replied);
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

  fail(turn, message, question, replaced) {
    const again = button(t("Try again"), () => {
      if (!question) this.restore();
      else if (this.submit(question, replaced)) turn.remove();
    });
    turn.querySelector(".replied").replaceChildren(this.failed(message), again);
  }

  failed(message) {
    return element("p", { className: "note failed", role: "alert", textContent: message });
  }

  /** Says once that what is asked from now on is not kept. */
  warn(turn) {
    if (this.warned || !turn.isConnected) return;
    this.warned = true;
    const told = t("This browser keeps no more conversations, or none at all: what you ask now is gone when the page is closed.");
    turn.querySelector(".replied").append(this.failed(told));
  }

  /** Fetches what was read for a reply, when "How was this answered?" is opened for the first time. */
  async explain(details) {
    const place = details.querySelector(".nearest");
    if (!details.open || !place || place.childElementCount) return;
    try {
      place.innerHTML = (await post("nearest", { reply: this.replies.get(details.closest(".turn")), language })).html;
      foreign(place);
    } catch (problem) {
      place.textContent = messageOf(problem);
    }
  }

  announce(reply, turn) {
    const card = turn.querySelector(".reply.emergency");
    if (card) return this.say("alert", card.innerText);
    const count = reply.sentences.length;
    const begins = count ? [t("Answer with {quotes}.", { quotes: counted(count, "quote") })] : [];
    this.say("polite", [...begins, ...heard(turn, reply, language).map(({ words }) => words)].join(" "));
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
