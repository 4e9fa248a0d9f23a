// The emergency card: its country, and the line to which it is folded beside the answer to something else.

import { rendered } from "./chat.js";
import { choose, country, isGuessed, known } from "./country.js";
import { button, element } from "./elements.js";
import { messageOf } from "./server.js";
import { language, t } from "./texts.js";

/** What the button says as a turn; the server knows it. */
const DEALT_WITH = "It has been dealt with.";

let folded = 0;

/** The card that a turn goes on after. */
function cardBefore(turn) {
  let before = turn.previousElementSibling;
  while (before && !before.querySelector(".reply.emergency")) before = before.previousElementSibling;
  return before?.querySelector(".reply.emergency");
}

/** Puts what a card says in the place of what another says, around the choice of the country, which keeps the focus. */
function renew(card, html) {
  const laid = element("div", { innerHTML: html });
  const whole = card.querySelector(".whole");
  const place = whole.querySelector(".country");
  const parts = [...laid.querySelector(".whole").children];
  const at = parts.findIndex((part) => part.matches(".country"));
  for (const part of [...whole.children]) if (part !== place) part.remove();
  place.before(...parts.slice(0, at));
  place.after(...parts.slice(at + 1));
}

export class EmergencyCards {
  constructor(page, chat) {
    this.chat = chat;
    page.addEventListener("filled", ({ detail: { turn } }) => {
      const place = turn.querySelector(".reply.emergency .country");
      if (place) this.tellCountry(place);
      const note = turn.querySelector(".note.alarm");
      if (note) this.fold(note, turn);
    });
  }

  /** Beside the answer to something else, what still stands: one line, with the number, that opens to what can be done. */
  fold(note, turn) {
    const card = cardBefore(turn);
    const dealt = button(t("This has been dealt with"), null, { className: "dealt", dataset: { question: DEALT_WITH } });
    if (!card) return note.append(" ", dealt);
    const title = card.querySelector(".flag") ?? card.querySelector("h3");
    // What stands in brackets is told by the card.
    const short = title.textContent.replace(/ \(.*\)$/, "");
    const line = button(short, () => open(ways.hidden), { className: "line", lang: title.lang });
    const show = button(t("Show what to do"), () => {
      card.closest(".turn").scrollIntoView({ block: "start" });
      card.querySelector("a, button").focus({ preventScroll: true });
    });
    const ways = element("span", { className: "ways", id: `ways-${++folded}` }, show, dealt);
    line.setAttribute("aria-controls", ways.id);
    const open = (whether) => {
      line.setAttribute("aria-expanded", String(whether));
      ways.hidden = !whether;
    };
    open(false);
    // The blanks are for who listens; between boxes they are not seen.
    note.replaceChildren(line, " ", ways);
    this.tap(note, card);
  }

  /** Puts the number of the card into the line to which it is folded. */
  tap(note, card) {
    note.querySelector(".tap")?.remove();
    const tap = card.querySelector(".tap")?.cloneNode(true);
    if (tap) note.querySelector(".line").after(" ", tap);
  }

  /** Shows the numbers of another country on every card, and chooses it once they are there. */
  async turnTo(code) {
    this.wanted = code;
    const cards = [...this.chat.turns.querySelectorAll(".turn .reply.emergency")];
    const tell = (selector, change) => cards.forEach((card) => card.querySelectorAll(selector).forEach(change));
    try {
      const html = await rendered(cards.map((card) => this.chat.replies.get(card.closest(".turn"))), undefined, code);
      // An arrow key in the list goes through countries faster than they come.
      if (this.wanted !== code) return;
      choose(code);
      cards.forEach((card, at) => renew(card, html[at]));
      tell(".country select", (choice) => (choice.value = code));
      tell(".country .told", (told) => (told.textContent = ""));
      for (const note of this.chat.turns.querySelectorAll(".note.alarm:has(.line)")) {
        this.tap(note, cardBefore(note.closest(".turn")));
      }
    } catch (problem) {
      const message = messageOf(problem);
      if (this.wanted !== code) return;
      tell(".country select", (choice) => (choice.value = choice.querySelector(`[value="${country()}"]`) ? country() : ""));
      tell(".country .told", (told) => (told.textContent = message));
      this.chat.say("alert", message);
    }
  }

  async tellCountry(place) {
    const { country: fixed, countries } = await known();
    if (fixed) return;
    const names = new Intl.DisplayNames([language], { type: "region" });
    const own = country();
    const options = countries.map((code) => new Option(names.of(code), code, false, code === own));
    options.sort((one, other) => one.text.localeCompare(other.text, language));
    if (!countries.includes(own)) options.unshift(new Option(t("another country"), "", true, true));
    const choice = element("select", {}, ...options);
    choice.addEventListener("change", () => this.turnTo(choice.value));
    const label = element("label", {}, t("Telephone numbers of"), " ", choice);
    const guessed = isGuessed() ? t("guessed from your browser; change it if it is wrong") : "";
    const told = element("span", { className: "told", textContent: guessed });
    place.replaceChildren(label, " ", told);
  }
}
