// What cannot be undone is asked for twice, on the same button.

const before = new WeakMap();

/** Whether the button was pressed for the second time; the first time it says `words` instead. */
export function sure(button, words) {
  if (before.has(button)) return true;
  const { textContent, ariaLabel } = button;
  before.set(button, { textContent, ariaLabel });
  if (ariaLabel) button.ariaLabel = ariaLabel.replace(textContent, words);
  button.textContent = words;
  // Who leaves the button has thought better of it.
  button.addEventListener("blur", () => button.disabled || unsure(button), { once: true });
  return false;
}

/** Gives the button back what it said before the first press. */
export function unsure(button) {
  Object.assign(button, before.get(button));
  before.delete(button);
}
