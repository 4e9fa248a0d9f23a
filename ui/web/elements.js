// Elements that the scripts put on the page, each made in one step.

/** An element with properties; those in `dataset` are its data attributes. */
export function element(tag, { dataset = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  Object.assign(made.dataset, dataset);
  made.append(...children);
  return made;
}

/** A button with words on it; `press` is called with the button itself. */
export function button(words, press = null, properties = {}) {
  const made = element("button", { type: "button", textContent: words, ...properties });
  if (press) made.addEventListener("click", () => press(made));
  return made;
}

/** A question that can be pressed to ask it, as an item of a list. */
export const askable = (question) => element("li", {}, button(question, null, { dir: "auto", lang: "en", dataset: { question } }));
