// The emergency card: its country, and the line to which it is folded beside the answer to something else.

import { choose, country, isGuessed, known } from "./country.js";
import { language, t } from "./texts.js";

/** What the button says as a turn; the server knows it. */
const DEALT_WITH = "It has been dealt with.";

let folded = 0;

function button(text, className = "") {
  return Object.assign(document.createElement("button"), { type: "button", textContent: text, className });
}

export class EmergencyCards {
  /** @param again Lays out the conversation again, with the numbers of another country. */
  constructor(page, again) {
    this.again = again;
    page.addEventListener("filled", ({ detail: { turn } }) => {
      const place = turn.querySelector(".reply.emergency .country");
      if (place) this.tellCountry(place);
      const note = turn.querySelector(".note.alarm");
      if (note) this.fold(note, turn);
    });
  }

  /** Beside the answer to something else, what still stands: one line, with the number, that opens to what can be done. */
  fold(note, turn) {
    let before = turn.previousElementSibling;
    while (before && !before.querySelector(".reply.emergency")) before = before.previousElementSibling;
    const card = before?.querySelector(".reply.emergency");
    const dealt = button(t("This has been dealt with"), "dealt");
    dealt.dataset.question = DEALT_WITH;
    if (!card) return note.append(" ", dealt);
    const title = card.querySelector(".flag") ?? card.querySelector("h3");
    // What stands in brackets is told by the card.
    const line = button(title.textContent.replace(/ \(.*\)$/, ""), "line");
    line.lang = title.lang;
    const show = button(t("Show what to do"));
    show.addEventListener("click", () => {
      before.scrollIntoView({ block: "start" });
      card.querySelector("a, button").focus({ preventScroll: true });
    });
    const ways = Object.assign(document.createElement("span"), { className: "ways", id: `ways-${++folded}` });
    ways.append(show, dealt);
    line.setAttribute("aria-controls", ways.id);
    const open = (whether) => {
      line.setAttribute("aria-expanded", String(whether));
      ways.hidden = !whether;
    };
    line.addEventListener("click", () => open(ways.hidden));
    open(false);
    const tap = card.querySelector(".tap")?.cloneNode(true);
    note.replaceChildren(line, ...(tap ? [tap] : []), ways);
  }

  async tellCountry(place) {
    const { country: fixed, countries } = await known();
    if (fixed) return;
    const names = new Intl.DisplayNames([language], { type: "region" });
    const own = country();
    const label = document.createElement("label");
    const choice = document.createElement("select");
    const options = countries.map((code) => new Option(names.of(code), code, false, code === own));
    options.sort((one, other) => one.text.localeCompare(other.text, language));
    choice.append(...(countries.includes(own) ? [] : [new Option(t("another country"), "", true, true)]), ...options);
    choice.addEventListener("change", () => {
      choose(choice.value);
      this.again();
    });
    label.append(t("Telephone numbers of"), " ", choice);
    const guessed = document.createElement("span");
    guessed.textContent = isGuessed() ? t("guessed from your browser; change it if it is wrong") : "";
    place.replaceChildren(label, " ", guessed);
  }
}
