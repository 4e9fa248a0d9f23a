// What can be opened inside an answer: references behind their marks, and terms in plain words.

import { t } from "./texts.js";

const tip = Object.assign(document.createElement("div"), { id: "plain-words", className: "plain-words", popover: "manual" });
tip.setAttribute("role", "tooltip");

let explained = null;

function explain(term) {
  if (explained === term) return;
  leave();
  explained = term;
  tip.textContent = term.dataset.means;
  // Inside the answer, so that it stands in the page's landmarks.
  term.closest(".reply").append(tip);
  term.setAttribute("aria-describedby", tip.id);
  tip.showPopover();
  place(term);
}

/** Below the term, or above it where there is no room below; never off the screen. */
function place(term) {
  const at = term.getClientRects()[0];
  const { width, height } = tip.getBoundingClientRect();
  const below = at.bottom + 8;
  tip.style.top = `${below + height < innerHeight ? below : Math.max(8, at.top - height - 8)}px`;
  tip.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
}

function leave() {
  if (!explained) return;
  explained.setAttribute("aria-expanded", "false");
  explained.removeAttribute("aria-describedby");
  explained = null;
  if (tip.isConnected) tip.hidePopover();
  tip.remove();
}

/** A press keeps a term explained, and says it to those who listen; a second one ends that. */
function press(term) {
  if (term.getAttribute("aria-expanded") === "true") return leave();
  explain(term);
  term.setAttribute("aria-expanded", "true");
  term.closest("lightqa-page").querySelector("[data-live=polite]").textContent = tip.textContent;
}

function open(mark) {
  const shown = mark.getAttribute("aria-expanded") !== "true";
  mark.setAttribute("aria-expanded", String(shown));
  mark.ariaLabel = shown ? t("Hide the reference") : t("Show the reference");
  mark.nextElementSibling.hidden = !shown;
}

const held = () => explained?.getAttribute("aria-expanded") === "true";
const over = (event) => event.target.closest?.(".term");

document.addEventListener("click", (event) => {
  const mark = event.target.closest?.(".elided");
  if (mark) open(mark);
  if (over(event)) press(over(event));
  else if (!event.target.closest?.(".plain-words")) leave();
});
document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse" || held()) return;
  if (over(event)) explain(over(event));
  else if (!event.target.closest?.(".plain-words")) leave();
});
document.addEventListener("focusin", (event) => {
  if (over(event)?.matches(":focus-visible")) explain(over(event));
  else if (!held()) leave();
});
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !explained) return;
    leave();
    event.stopPropagation();
  },
  true,
);
document.addEventListener("scroll", () => explained && place(explained), { capture: true, passive: true });

// What is copied is the whole quote, with the references that are folded away.
document.addEventListener("copy", (event) => {
  const chosen = getSelection();
  const parent = chosen.rangeCount && chosen.getRangeAt(0).commonAncestorContainer;
  const inside = parent && (parent.nodeType === Node.ELEMENT_NODE ? parent : parent.parentElement);
  if (!inside?.closest("lightqa-page .turns")) return;
  const copied = document.createElement("div");
  copied.append(chosen.getRangeAt(0).cloneContents());
  const references = copied.querySelectorAll(".reference");
  if (!references.length) return;
  references.forEach((reference) => (reference.hidden = false));
  copied.querySelectorAll(".elided").forEach((mark) => mark.remove());
  // Only what is laid out has lines.
  inside.closest("lightqa-page").append(copied);
  event.clipboardData.setData("text/plain", copied.innerText.trim());
  copied.remove();
  event.preventDefault();
});
