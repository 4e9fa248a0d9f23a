// Whose emergency numbers are shown: the operator's country, else the person's choice, else a guess.

import { keep, kept } from "./kept.js";
import { get } from "./server.js";

const COUNTRY = "lightqa.country";

/** The country of the browser's locale, where it names one ("de-AT") or has a usual one ("de"). */
function guess() {
  for (const tag of navigator.languages) {
    try {
      const { region } = new Intl.Locale(tag).maximize();
      if (region) return region;
    } catch {
      // No tag of a language; the next one may be.
    }
  }
  return null;
}

export const country = () => kept(COUNTRY) ?? guess();
export const isGuessed = () => kept(COUNTRY) === null;
export const choose = (code) => keep(COUNTRY, code);

let told = null;

/** What the server knows: the operator's country, if any, and those whose numbers it has. */
export const known = () =>
  (told ??= get("countries").catch((problem) => {
    told = null;
    throw problem;
  }));
