// The emergency card: its country, and folding it to a line on the turns on which it only still stands.

import { choose, country, isGuessed, known } from "./country.js";
import { language, t } from "./texts.js";

export class EmergencyCards {
  /** @param again Lays out the conversation again, with the numbers of another country. */
  constructor(page, replies, again) {
    Object.assign(this, { replies, again });
    page.addEventListener("filled", ({ detail }) => {
      const card = detail.turn.querySelector(".reply.emergency");
      if (!card) return;
      if (this.stood(detail.turn, detail.reply)) this.fold(card, true);
      this.tellCountry(card.querySelector(".country"));
    });
    page.addEventListener("click", (event) => {
      const unfold = event.target.closest("[data-action=unfold]");
      if (unfold) this.fold(unfold.closest(".reply"), false);
    });
  }

  /** Whether the turn before says the same in full already. */
  stood(turn, reply) {
    const before = this.replies.get(turn.previousElementSibling);
    return before?.kind === "emergency" && before.category === reply.category;
  }

  fold(card, folded) {
    card.classList.toggle("is-folded", folded);
    card.querySelector(".folded").hidden = !folded;
    card.querySelector(".whole").hidden = folded;
    if (!folded) card.querySelector(".whole h3").scrollIntoView({ block: "nearest" });
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
    guessed.textContent = isGuessed() ? t("guessed from your browser; please change it if it is wrong") : "";
    place.replaceChildren(label, " ", guessed);
  }
}
