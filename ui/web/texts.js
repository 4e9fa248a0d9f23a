// The words of the page in the person's language. The English words are the keys, as they stand in the page, in
// the scripts and in what the server sends; texts/*.json hold what they are in each language.

import { kept, keep } from "./kept.js";

export const LANGUAGES = { en: "English", de: "Deutsch", fr: "Français", es: "Español" };

const LANGUAGE = "lightqa.language";
const known = (tag) => tag && Object.keys(LANGUAGES).find((language) => tag.toLowerCase().split("-")[0] === language);

export const language = known(kept(LANGUAGE)) ?? navigator.languages.map(known).find(Boolean) ?? "en";

/** Keeps another language and starts the page again in it. */
export function speak(chosen) {
  keep(LANGUAGE, chosen);
  location.reload();
}

const texts = await fetch(new URL(`texts/${language}.json`, import.meta.url))
  .then((response) => response.json())
  .catch(() => ({}));

const literal = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const patterns = Object.keys(texts)
  .filter((key) => key.includes("{"))
  .map((key) => {
    const names = [...key.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const parts = key.split(/\{\w+\}/).map(literal);
    return { key, names, matches: new RegExp(`^${parts.join("(.+?)")}$`, "s") };
  });

/** English words in the language of the page; {names} in them stand for values. */
export function t(english, values = {}) {
  const said = texts[english] ?? english;
  return said.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A number with what is counted: `counted(2, "question")` is "2 questions". */
export const counted = (count, noun) =>
  t(count === 1 ? `{count} ${noun}` : `{count} ${noun}s`, { count: count.toLocaleString(language) });

function told(english) {
  if (english in texts) return texts[english];
  for (const { key, names, matches } of patterns) {
    const found = matches.exec(english);
    if (found) return t(key, Object.fromEntries(names.map((name, at) => [name, found[at + 1]])));
  }
  return null;
}

const OTHERS = "lightqa-page [lang], [dir=auto], mark, .document";
const ATTRIBUTES = ["aria-label", "title", "placeholder", "data-placeholder"];

/** Puts what stands in the page or came from the server into its language; words of documents and people stay. */
export function translate(root) {
  if (language === "en") return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.data.trim().replace(/\s+/g, " ");
    const said = words && !node.parentElement.closest(OTHERS) && told(words);
    if (said) node.data = node.data.match(/^\s*/)[0] + said + node.data.match(/\s*$/)[0];
  }
  for (const name of ATTRIBUTES) {
    for (const element of root.querySelectorAll(`[${name}]`)) {
      const said = told(element.getAttribute(name));
      if (said) element.setAttribute(name, said);
    }
  }
  for (const time of root.querySelectorAll("time[datetime]")) time.textContent = day(time.dateTime);
}

/** A day as people of this language write it. */
export const day = (when) => new Date(when).toLocaleDateString(language, { dateStyle: "long" });
