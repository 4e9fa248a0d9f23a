// What an empty conversation shows: what is answered from, and questions to begin with.

import { Problem, get } from "./server.js";
import { counted, t } from "./texts.js";

function example(question) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: question, dir: "auto", lang: "en" });
  button.dataset.question = question;
  const item = document.createElement("li");
  item.append(button);
  return item;
}

export async function greet(welcome) {
  const about = welcome.querySelector(".about");
  try {
    const { documents, examples } = await get("welcome");
    about.textContent = t(
      "Answers are sentences quoted from {documents} on this machine. The number after a quote opens its source at the very words.",
      { documents: counted(documents, "document") },
    );
    welcome.querySelector(".examples").replaceChildren(...examples.map(example));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    about.textContent = problem.message;
  }
}
