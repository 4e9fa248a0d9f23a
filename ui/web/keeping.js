// "This answered my question": keeps a question with the quote that answered it, on the machine that runs lightqa.

import { button, element } from "./elements.js";
import { post } from "./server.js";
import { t } from "./texts.js";
import { outcome } from "./told.js";

export function offerKeeping(page) {
  if (!("keeps" in page.dataset)) return;
  page.addEventListener("filled", ({ detail: { turn, reply } }) => {
    if (reply.kind !== "answer") return;
    const told = t("Kept on this machine. You can see it, and take it back, under Documents.");
    const keep = button(t("This answered my question"), () => outcome(bar, post("kept", { reply }), told));
    keep.title = t("Keeps the question with its first quote on this machine, so that it is answered at once next time");
    const bar = element("span", { className: "keep" }, keep);
    turn.querySelector(".acts").append(bar);
  });
}
