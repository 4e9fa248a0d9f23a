// What cannot be undone is asked for twice, on the same button.

/** Whether the button was pressed for the second time; the first time it says `words` instead. */
export function sure(button, words) {
  if (button.dataset.sure === "yes") return true;
  button.dataset.sure = "yes";
  if (button.ariaLabel) button.ariaLabel = button.ariaLabel.replace(button.textContent, words);
  button.textContent = words;
  return false;
}
