// "This answered my question": keeps a question with the quote that answered it, on the machine that runs lightqa.

import { Problem, post } from "./server.js";
import { t } from "./texts.js";
import { tell } from "./told.js";

export class Keeping {
  constructor(page) {
    if (!("keeps" in page.dataset)) return;
    page.addEventListener("filled", ({ detail }) => this.offer(detail.turn, detail.reply));
  }

  offer(turn, reply) {
    if (reply.kind !== "answer") return;
    const bar = document.createElement("span");
    bar.className = "keep";
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: t("This answered my question") });
    button.title = t("Keeps the question with its first quote on this machine, so that it is answered at once next time");
    button.addEventListener("click", () => this.keep(reply, bar));
    bar.append(button);
    turn.querySelector(".acts").append(bar);
  }

  async keep(reply, bar) {
    try {
      await post("kept", { reply });
      tell(bar, t("Kept on this machine. You can see it, and take it back, under Documents."), { stays: false });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      tell(bar, problem.message, { stays: true });
    }
  }
}
