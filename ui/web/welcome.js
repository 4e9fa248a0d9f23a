// What an empty conversation shows: what is answered from, and questions to begin with.

import { askable } from "./elements.js";
import { get, messageOf } from "./server.js";
import { counted, t } from "./texts.js";

export async function greet(welcome) {
  const about = welcome.querySelector(".about");
  try {
    const { documents, examples } = await get("welcome");
    about.textContent = t(
      "Answers are sentences quoted from {documents} on this machine. The number after a quote opens its source at the very words.",
      { documents: counted(documents, "document") },
    );
    welcome.querySelector(".examples").replaceChildren(...examples.map(askable));
  } catch (problem) {
    about.textContent = messageOf(problem);
  }
}
