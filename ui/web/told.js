// What became of a press below an answer: told in the place of the buttons, or beside them where it can be tried again.

import { element } from "./elements.js";
import { messageOf } from "./server.js";

/** Tells `words` once what was `doing` is done, or why it is not; says whether it is. @param bar Where the buttons stand. */
export async function outcome(bar, doing, words) {
  try {
    await doing;
    tell(bar, words, { stays: false });
    return true;
  } catch (problem) {
    tell(bar, messageOf(problem), { stays: true });
    return false;
  }
}

/** @param stays Whether the buttons do. */
function tell(bar, words, { stays }) {
  const held = bar.contains(document.activeElement);
  const told = element("span", { className: "told", textContent: words, tabIndex: -1 });
  bar.querySelector(".told")?.remove();
  if (stays) bar.append(told);
  else bar.replaceChildren(told);
  // A button that is gone takes the focus with it.
  if (held && !stays) told.focus();
  bar.closest("lightqa-page")?.querySelector("[data-live=polite]").replaceChildren(words);
}
