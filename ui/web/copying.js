// Words for the clipboard, with what they are worth nothing without: their sources and the notice.

import { noted, t } from "./texts.js";

/** Whether words were put on the clipboard, also on a page that is served without encryption. */
export async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    const box = document.createElement("textarea");
    box.value = words;
    // Inside an open dialog, where nothing outside of it can be selected.
    (document.querySelector("dialog:modal") ?? document.body).append(box);
    box.select();
    const copied = document.execCommand("copy");
    box.remove();
    return copied;
  }
}

const place = ({ title, section, page, page_label: label, source_kind: kind }) =>
  `${[title, section, page && t("page {number}", { number: label || page })].filter(Boolean).join(", ")} (${t(kind)})`;

/** The notice that came with a reply; its first sentence and the rest are said apart. */
const notice = (english) => english.split(/(?<=^[^.]*\.) /).map((words) => t(words)).join(" ");

/** A note with the numbers that its words do not name themselves. */
function told(note) {
  const words = noted(note);
  const numbers = note.citations.map((number) => `[${number}]`).filter((number) => !words.includes(number));
  return [words, ...numbers].join(" ");
}

/** A quote with where it stands. */
export const quoted = (citation) => `“${citation.quote}”\n${place(citation)}`;

/** A reply as text: question, quotes, what is said beside them, sources, notice. */
export function answered(reply) {
  const cited = new Map(reply.citations.map((citation) => [citation.number, citation]));
  const quotes = reply.sentences.map(({ citation }) => `“${cited.get(citation).quote}” [${citation}]`);
  const notes = reply.notes.map(told);
  const sources = reply.citations.map((citation) => `[${citation.number}] ${place(citation)}`);
  const parts = [reply.question, quotes.join("\n"), notes.join("\n"), sources.join("\n"), notice(reply.disclaimer)];
  return parts.filter(Boolean).join("\n\n");
}
