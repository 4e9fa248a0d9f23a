// Thumbs up and down, where the operator collects them; a thumbs-down asks why.

import { Problem, post } from "./server.js";
import { t } from "./texts.js";
import { tell } from "./told.js";

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
      if (this.dialog.returnValue === "send" && reason) this.send(reason);
    });
  }

  offer(turn, reply) {
    const bar = document.createElement("span");
    bar.className = "judge";
    const buttons = [
      ["Good reply", () => this.send("good")],
      ["Something is wrong", () => this.ask(reply.kind)],
    ]
      // Nobody in an emergency is asked to praise.
      .slice(reply.kind === "emergency" ? 1 : 0)
      .map(([words, act]) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: t(words) });
      button.addEventListener("click", () => {
        Object.assign(this, { turn, reply, bar });
        act();
      });
      return button;
    });
    bar.append(...buttons);
    turn.querySelector(".acts").append(bar);
  }

  ask(kind) {
    const reasons = REASONS[kind].map(([value, words], at) => {
      const label = document.createElement("label");
      const choice = document.createElement("input");
      Object.assign(choice, { type: "radio", name: "reason", value, required: true, checked: at === 0 });
      label.append(choice, " ", t(words));
      return label;
    });
    this.dialog.querySelector(".reasons").replaceChildren(...reasons);
    // Nothing should have been quoted to somebody who needs help.
    this.dialog.querySelector(".wanted").hidden = kind === "emergency";
    // What could not be sent is still there to be sent again.
    if (this.unsent !== this.reply) {
      this.unsent = null;
      for (const box of this.dialog.querySelectorAll("textarea")) box.value = "";
    }
    this.dialog.returnValue = "";
    this.dialog.showModal();
  }

  async send(reason) {
    const { reply, bar } = this;
    const turns = this.conversations.current.turns;
    const at = turns.findIndex((turn) => turn.reply === reply);
    try {
      await post("feedback", {
        reply,
        reason,
        earlier: turns.slice(0, Math.max(at, 0)).map((turn) => turn.reply.question),
        remark: reason === "good" ? "" : this.dialog.querySelector("#remark").value,
        better: reason === "good" ? "" : this.dialog.querySelector("#better").value,
      });
      tell(bar, t("Thank you. It is kept on the machine that runs lightqa."), { stays: false });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (reason !== "good") this.unsent = reply;
      tell(bar, problem.message, { stays: true });
    }
  }
}
