// What became of a press below an answer: told in the place of the buttons, or beside them where it can be tried again.

/** @param bar Where the buttons stand. @param stays Whether they do. */
export function tell(bar, words, { stays }) {
  const held = bar.contains(document.activeElement);
  const told = Object.assign(document.createElement("span"), { className: "told", textContent: words, tabIndex: -1 });
  bar.querySelector(".told")?.remove();
  if (stays) bar.append(told);
  else bar.replaceChildren(told);
  // A button that is gone takes the focus with it.
  if (held && !stays) told.focus();
  bar.closest("lightqa-page")?.querySelector("[data-live=polite]").replaceChildren(words);
}
