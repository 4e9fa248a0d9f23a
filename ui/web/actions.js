// What can be done with an answer: copy it or a quote of it, read it aloud, link to it, ask again, edit its question.

import { answered, copy, quoted } from "./copying.js";
import { linkTo } from "./links.js";
import { heard } from "./outline.js";
import { Problem, post } from "./server.js";
import { canSpeak, hush, speak, whenVoices } from "./speech.js";
import { language, t } from "./texts.js";

const button = (words, act) => {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: words });
  made.addEventListener("click", () => act(made));
  return made;
};

export class Actions {
  constructor(page, chat, conversations) {
    Object.assign(this, { chat, conversations });
    page.addEventListener("filled", ({ detail }) => this.offer(detail.turn, detail.reply));
    whenVoices(() => page.querySelectorAll(".acts .aloud").forEach((aloud) => (aloud.hidden = !canSpeak())));
  }

  offer(turn, reply) {
    const bar = Object.assign(document.createElement("div"), { className: "acts" });
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", t("What can be done with this answer"));
    turn.querySelector(".replied").append(bar);
    this.moveLast(turn);
    if (reply.kind === "emergency") return;
    const aloud = button(t("Read aloud"), (pressed) => this.read(turn, reply, pressed));
    Object.assign(aloud, { className: "aloud", hidden: !canSpeak() });
    bar.append(
      button(t("Copy"), (pressed) => this.copy(answered(turn, reply), pressed)),
      aloud,
      button(t("Link"), (pressed) => this.copy(linkTo(this.earlier(reply), reply.question), pressed, t("Link copied"))),
    );
    for (const quote of turn.querySelectorAll("blockquote")) this.offerQuote(quote, reply);
    if (reply.kind === "answer") this.offerNext(turn, reply);
  }

  /** The last turn alone can be asked again and edited: what came after would hang in the air. */
  moveLast(turn) {
    const last = this.chat.last;
    if (last !== turn) return;
    const all = this.chat.turns;
    all.querySelectorAll(".acts .of-last, .next").forEach((old) => old.remove());
    const bar = turn.querySelector(".acts");
    const again = button(t("Ask again"), () => this.chat.submit(this.chat.replies.get(turn).question, turn));
    const edit = button(t("Edit"), () => this.chat.composer.edit(turn));
    edit.title = t("Edit the question (arrow up in the empty box)");
    for (const made of [again, edit]) made.className = "of-last";
    queueMicrotask(() => bar.append(again, edit));
  }

  offerQuote(quote, reply) {
    const numbers = [...quote.querySelectorAll("[data-citation]")].map((one) => Number(one.dataset.citation));
    const cited = reply.citations.filter(({ number }) => numbers.includes(number));
    if (!cited.length) return;
    const made = button("", (pressed) => this.copy(cited.map(quoted).join("\n\n"), pressed, "✓"));
    made.className = "copy-quote";
    made.setAttribute("aria-label", t("Copy quote {number}", { number: numbers.join(", ") }));
    quote.after(made);
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

  earlier(reply) {
    const { turns } = this.conversations.current;
    const at = turns.findIndex((turn) => turn.reply === reply);
    return turns.slice(0, Math.max(at, 0)).map((turn) => turn.reply.question);
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
    const box = Object.assign(document.createElement("div"), { className: "next suggestions" });
    const label = Object.assign(document.createElement("p"), { className: "label", textContent: t("You could ask next") });
    const list = document.createElement("ul");
    list.append(
      ...fresh.map((question) => {
        const item = document.createElement("li");
        const choice = Object.assign(document.createElement("button"), { type: "button", textContent: question });
        Object.assign(choice, { dir: "auto", lang: "en" });
        choice.dataset.question = question;
        item.append(choice);
        return item;
      }),
    );
    box.append(label, list);
    turn.querySelector(".replied").append(box);
  }
}
