// An answer in the order in which it is laid out, for who hears or copies it: warnings, headings, quotes with their kind.

const PARTS = ".note:not(.written), .said > :is(h3, summary), .quotes > li";

/** What a note or a heading shows, its label in front. */
function shown(part) {
  const copy = part.cloneNode(true);
  copy.querySelectorAll("[hidden], [aria-hidden]").forEach((unheard) => unheard.remove());
  const label = copy.querySelector(".label");
  label?.remove();
  const words = copy.textContent.trim().replace(/\s+/g, " ");
  return label ? `${label.textContent}: ${words}` : words;
}

/** The numbers of the citations in a part of the page. */
export const citedIn = (part) =>
  [...part.querySelectorAll("[data-citation]")].map((one) => Number(one.dataset.citation));

/** The parts of a turn's reply: `{ words }`, or `{ kind, sentences }` of what is quoted as one. */
export function outline(turn, reply) {
  return [...turn.querySelectorAll(PARTS)].map((part) => {
    if (!part.matches("li")) return { words: shown(part) };
    const numbers = citedIn(part);
    const sentences = reply.sentences.filter(({ citation }) => numbers.includes(citation));
    return { kind: part.querySelector(".kind").textContent, sentences };
  });
}

/** The parts as they are heard, `{ words, lang }` of each: no quote without its number and the kind of its source. */
export function heard(turn, reply, language) {
  return outline(turn, reply).flatMap(({ words, kind, sentences }) => {
    if (words) return [{ words, lang: language }];
    const numbers = sentences.map(({ citation }) => `[${citation}]`).join(" ");
    const quoted = sentences.map(({ text }) => text).join(" ");
    return [{ words: `${numbers} ${kind}:`, lang: language }, { words: quoted, lang: "en" }];
  });
}
