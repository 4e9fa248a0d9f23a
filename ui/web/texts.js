// The words of the page in the person's language. The English words are the keys, as they stand in the page and in
// the scripts; texts/*.json hold what they are in each language. What the server lays out comes in the language.

import { kept, keep } from "./kept.js";

export const LANGUAGES = { en: "English", de: "Deutsch", fr: "Français", es: "Español" };

const LANGUAGE = "lightqa.language";
const known = (tag) => tag && Object.keys(LANGUAGES).find((language) => tag.toLowerCase().split("-")[0] === language);

export const language = known(kept(LANGUAGE)) ?? navigator.languages.map(known).find(Boolean) ?? "en";

/** Keeps another language and starts the page again in it. */
export function chooseLanguage(chosen) {
  keep(LANGUAGE, chosen);
  location.reload();
}

const texts = await fetch(new URL(`texts/${language}.json`, import.meta.url))
  .then((response) => response.json())
  .catch(() => ({}));

/** English words in the language of the page; {names} in them stand for values. */
export function t(english, values = {}) {
  const said = texts[english] ?? english;
  return said.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A number with what is counted: `counted(2, "question")` is "2 questions". */
export const counted = (count, noun) =>
  t(count === 1 ? `{count} ${noun}` : `{count} ${noun}s`, { count: count.toLocaleString(language) });

const spoken = (said) =>
  typeof said === "string"
    ? said
    : t(said.form, Object.fromEntries(Object.entries(said.values).map(([name, value]) => [name, spoken(value)])));

/** A note of a reply; one that is said in English alone, or was kept by an older version, in English. */
export const noted = ({ said, text }) => (said?.length ? said.map(spoken).join(" ") : text);

/** Marks what is in the words of documents or people, which are English where nothing else is said. */
export function foreign(root) {
  for (const words of root.querySelectorAll("[dir=auto]:not([lang])")) {
    if (!words.parentElement.closest("lightqa-page [lang]")) words.lang = "en";
  }
}

const ATTRIBUTES = ["aria-label", "title", "placeholder", "data-placeholder"];

/** Puts the page as it stands, before anything of a document or a person is in it, into its language. */
export function translate(root) {
  if (language === "en") return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.data.trim().replace(/\s+/g, " ");
    const said = texts[words];
    if (said) node.data = node.data.match(/^\s*/)[0] + said + node.data.match(/\s*$/)[0];
  }
  for (const name of ATTRIBUTES) {
    for (const element of root.querySelectorAll(`[${name}]`)) {
      const said = texts[element.getAttribute(name)];
      if (said) element.setAttribute(name, said);
    }
  }
}

/** A day as people of this language write it. */
export const day = (when) =>
  new Date(when).toLocaleDateString(language === "en" ? "en-GB" : language, { dateStyle: "medium" });
