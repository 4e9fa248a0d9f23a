// What cannot be undone is asked for twice, on the same button.

/** Whether the button was pressed for the second time; the first time it says `words` instead. */
export function sure(button, words) {
  if (button.dataset.sure === "yes") return true;
  const { textContent, ariaLabel } = button;
  button.dataset.sure = "yes";
  if (ariaLabel) button.ariaLabel = ariaLabel.replace(textContent, words);
  button.textContent = words;
  // Who leaves the button has thought better of it.
  button.addEventListener(
    "blur",
    () => {
      if (button.disabled) return;
      delete button.dataset.sure;
      Object.assign(button, { textContent, ariaLabel });
    },
    { once: true },
  );
  return false;
}
