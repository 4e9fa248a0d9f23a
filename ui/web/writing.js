// A text above the quotes, where a writer was named: it grows as its sentences are checked, and can be stopped.

import { button, element } from "./elements.js";
import { lines, messageOf } from "./server.js";
import { foreign, language, t } from "./texts.js";

export class Writing {
  constructor(page, chat, conversations) {
    const { writer, writerAt, writerWarning } = page.dataset;
    if (!writer) return;
    Object.assign(this, { chat, conversations, named: { model: writer } });
    const told = t(
      "Answers may begin with a text that {model} at {where} writes from the quotes. Each sentence is checked; the quotes count.",
      { model: writer, where: writerAt },
    );
    const line = element("p", { className: "writer" }, told);
    if (writerWarning) line.append(" ", element("strong", { textContent: writerWarning }));
    page.querySelector("section.chat").prepend(line);
    page.addEventListener("filled", ({ detail }) => this.offer(detail.turn, detail.reply));
  }

  /** Writes for an answer that has just come; for one that was kept without a text, only when asked to. */
  offer(turn, reply) {
    if (reply.kind !== "answer" || reply.written) return;
    const place = element("div", { className: "writing" });
    const understood = turn.querySelector(".reply > .understood");
    if (understood) understood.after(place);
    else turn.querySelector(".reply").prepend(place);
    if (turn.hasAttribute("aria-busy")) return this.write(place, reply);
    const words = t("Let {model} put this into words", this.named);
    place.replaceChildren(button(words, () => this.write(place, reply)));
  }

  async write(place, reply) {
    const stopping = new AbortController();
    const text = element("div", {});
    const stop = button(t("Stop writing"), () => stopping.abort());
    const working = element("p", { className: "working", textContent: t("{model} is writing", this.named) });
    place.replaceChildren(text, element("div", { className: "doing" }, working, stop));
    let last = null;
    try {
      for await (const line of lines("write", { reply, language }, stopping.signal)) {
        last = line;
        text.innerHTML = line.html;
        foreign(text);
      }
    } catch (problem) {
      const told = stopping.signal.aborted ? t("It was stopped.") : messageOf(problem);
      text.append(element("p", { className: "note written", textContent: told }));
      if (last) last.written.problem = told;
    } finally {
      place.querySelector(".doing").remove();
    }
    if (!last) return;
    reply.written = last.written;
    this.conversations.rewrite(reply);
    const stands = last.written.sentences.filter((sentence) => !sentence.check).map(({ text }) => text);
    if (last.written.shown) {
      this.chat.say("polite", t("Written by {model}: {text}", { ...this.named, text: stands.join(" ") }));
    }
  }
}
