// Words for the clipboard, with what they are worth nothing without: their sources and the notice.

import { outline } from "./outline.js";
import { t } from "./texts.js";

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

/** A quote with where it stands. */
export const quoted = (citation) => `“${citation.quote}”\n${place(citation)}`;

/** A reply as text: question, quotes and what is said of them in the order of the page, sources, notice. */
export function answered(turn, reply) {
  const cited = new Map(reply.citations.map((citation) => [citation.number, citation]));
  const quote = ({ citation }) => `“${cited.get(citation).quote}” [${citation}]`;
  const said = outline(turn, reply).map(({ words, sentences }) => words ?? sentences.map(quote).join("\n"));
  const sources = reply.citations.map((citation) => `[${citation.number}] ${place(citation)}`);
  const parts = [reply.question, said.join("\n"), sources.join("\n"), notice(reply.disclaimer)];
  return parts.filter(Boolean).join("\n\n");
}
