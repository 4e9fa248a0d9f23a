// Thumbs up and down, where the operator collects them; a thumbs-down asks why.

import { button, element } from "./elements.js";
import { post } from "./server.js";
import { t } from "./texts.js";
import { outcome } from "./told.js";

const REASONS = {
  answer: [
    ["other_words", "Other words of the documents answer it better"],
    ["wrong_source", "A quote is out of place or misleading"],
    ["not_answered", "The documents do not answer my question"],
    ["emergency", "It is an emergency, and I was not told so"],
    ["other", "Something else"],
  ],
  refusal: [
    ["should_answer", "The documents do answer my question"],
    ["emergency", "It is an emergency, and I was not told so"],
    ["other", "Something else"],
  ],
  emergency: [
    ["no_emergency", "It is no emergency"],
    ["other", "Something else"],
  ],
};

export class Judging {
  constructor(page, conversations) {
    this.conversations = conversations;
    this.dialog = page.querySelector("dialog.judging");
    if (!this.dialog) return;
    page.addEventListener("filled", ({ detail }) => this.offer(detail.turn, detail.reply));
    this.dialog.addEventListener("close", () => {
      const reason = this.dialog.querySelector("[name=reason]:checked")?.value;
      if (this.dialog.returnValue === "send" && reason) this.send(reason, this.judged);
    });
  }

  offer(turn, reply) {
    const bar = element("span", { className: "judge" });
    // Nobody in an emergency is asked to praise.
    if (reply.kind !== "emergency") bar.append(button(t("Good reply"), () => this.send("good", { reply, bar })));
    bar.append(button(t("Something is wrong"), () => this.ask({ reply, bar })));
    turn.querySelector(".acts").append(bar);
  }

  ask(judged) {
    this.judged = judged;
    const { reply } = judged;
    const reasons = REASONS[reply.kind].map(([value, words], at) => {
      const choice = element("input", { type: "radio", name: "reason", value, required: true, checked: at === 0 });
      return element("label", {}, choice, " ", t(words));
    });
    this.dialog.querySelector(".reasons").replaceChildren(...reasons);
    // Nothing should have been quoted to somebody who needs help.
    this.dialog.querySelector(".wanted").hidden = reply.kind === "emergency";
    // What could not be sent is still there to be sent again.
    if (this.unsent !== reply) {
      this.unsent = null;
      for (const box of this.dialog.querySelectorAll("textarea")) box.value = "";
    }
    this.dialog.returnValue = "";
    this.dialog.showModal();
  }

  async send(reason, { reply, bar }) {
    const typed = (box) => (reason === "good" ? "" : this.dialog.querySelector(box).value);
    const earlier = this.conversations.before(reply);
    const sending = post("feedback", { reply, reason, earlier, remark: typed("#remark"), better: typed("#better") });
    const sent = await outcome(bar, sending, t("Thank you. It is kept on the machine that runs lightqa."));
    if (!sent && reason !== "good") this.unsent = reply;
  }
}
