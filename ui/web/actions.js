// What can be done with an answer: copy it or a quote of it, read it aloud, link to it, ask again, edit its question.

import { answered, copy, quoted } from "./copying.js";
import { askable, button, element } from "./elements.js";
import { linkTo } from "./links.js";
import { citedIn, heard } from "./outline.js";
import { Problem, post } from "./server.js";
import { canSpeak, hush, speak, whenVoices } from "./speech.js";
import { language, t } from "./texts.js";

export class Actions {
  constructor(page, chat, conversations) {
    Object.assign(this, { chat, conversations });
    page.addEventListener("filled", ({ detail }) => this.offer(detail.turn, detail.reply));
    whenVoices(() => page.querySelectorAll(".acts .aloud").forEach((aloud) => (aloud.hidden = !canSpeak())));
  }

  offer(turn, reply) {
    const bar = element("div", { className: "acts", role: "group", ariaLabel: t("What can be done with this answer") });
    turn.querySelector(".replied").append(bar);
    this.moveLast(turn);
    if (reply.kind === "emergency") return;
    const link = () => linkTo(this.conversations.before(reply), reply.question);
    bar.append(
      button(t("Copy"), (pressed) => this.copy(answered(turn, reply), pressed)),
      button(t("Read aloud"), (pressed) => this.read(turn, reply, pressed), { className: "aloud", hidden: !canSpeak() }),
      button(t("Link"), (pressed) => this.copy(link(), pressed, t("Link copied"))),
    );
    for (const quote of turn.querySelectorAll("blockquote")) this.offerQuote(quote, reply);
    if (reply.kind === "answer") this.offerNext(turn, reply);
  }

  /** The last turn alone can be asked again and edited: what came after would hang in the air. */
  moveLast(turn) {
    if (this.chat.last !== turn) return;
    this.chat.turns.querySelectorAll(".acts .of-last, .next").forEach((old) => old.remove());
    const bar = turn.querySelector(".acts");
    const className = "of-last";
    const again = button(t("Ask again"), () => this.chat.submit(this.chat.replies.get(turn).question, turn), { className });
    const title = t("Edit the question (arrow up in the empty box)");
    const edit = button(t("Edit"), () => this.chat.composer.edit(turn), { className, title });
    queueMicrotask(() => bar.append(again, edit));
  }

  offerQuote(quote, reply) {
    const numbers = citedIn(quote);
    const cited = reply.citations.filter(({ number }) => numbers.includes(number));
    if (!cited.length) return;
    const ariaLabel = t("Copy quote {number}", { number: numbers.join(", ") });
    const act = (pressed) => this.copy(cited.map(quoted).join("\n\n"), pressed, "✓");
    quote.after(button("", act, { className: "copy-quote", ariaLabel }));
  }

  async copy(words, pressed, told = t("Copied")) {
    const before = (pressed.dataset.words ??= pressed.textContent);
    const done = await copy(words);
    pressed.textContent = done ? told : t("This browser does not let the page copy.");
    this.chat.say("polite", done ? t("Copied") : pressed.textContent);
    setTimeout(() => (pressed.textContent = before), 2000);
  }

  read(turn, reply, pressed) {
    const reading = pressed.getAttribute("aria-pressed") === "true";
    hush();
    if (reading) return;
    pressed.setAttribute("aria-pressed", "true");
    pressed.textContent = t("Stop reading");
    speak(heard(turn, reply, language), () => {
      pressed.setAttribute("aria-pressed", "false");
      pressed.textContent = t("Read aloud");
    });
  }

  /** Below the last answer, questions near to it that the documents answer by other words. */
  async offerNext(turn, reply) {
    if (this.chat.last !== turn || turn.querySelector(".suggestions")) return;
    let questions;
    try {
      ({ questions } = await post("next", { reply }));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      return;
    }
    const asked = new Set(this.conversations.questions());
    const fresh = questions.filter((question) => !asked.has(question));
    if (this.chat.last !== turn || !fresh.length) return;
    const label = element("p", { className: "label", textContent: t("You could ask next") });
    const list = element("ul", {}, ...fresh.map(askable));
    turn.querySelector(".replied").append(element("div", { className: "next suggestions" }, label, list));
  }
}
