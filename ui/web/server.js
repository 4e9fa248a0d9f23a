// The only words exchanged with the server: one question through Gradio's queue, or one of the page's own routes.

import { t } from "./texts.js";

export class Problem extends Error {}

const BUSY = () => t("Many people are asking just now. Please try again in a moment.");
const GONE = () => t("lightqa cannot be reached. Is it still running? Then try again.");

async function send(path, options) {
  let response;
  try {
    response = await fetch(new URL(path, document.baseURI), options);
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    throw new Problem(GONE());
  }
  if (response.ok) return response;
  if (response.status === 503) throw new Problem(BUSY());
  const told = await response.json().catch(() => ({}));
  throw new Problem(typeof told.error === "string" ? told.error : t("Something went wrong here. Please try again."));
}

const json = (method, body) => ({
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

export const post = async (path, body, signal) => (await send(path, { ...json("POST", body), signal })).json();
export const get = async (path) => (await send(path)).json();
export const request = send;

/** The JSON of the reply to a question, from one document alone where `only` is its path. */
export async function ask(question, earlier, only, signal) {
  const call = only ? "gradio_api/call/ask_within" : "gradio_api/call/ask";
  const data = only ? [question, earlier, only] : [question, earlier];
  const joined = await send(call, { ...json("POST", { data }), signal });
  const { event_id: id } = await joined.json();
  const stream = await send(`${call}/${id}`, { signal });
  const told = await stream.text().catch((problem) => {
    throw problem.name === "AbortError" ? problem : new Problem(GONE());
  });
  for (const message of told.split("\n\n")) {
    const [, event, data] = message.match(/^event: (\w+)\ndata: (.*)$/s) ?? [];
    if (event === "complete") return JSON.parse(data)[0];
    if (event === "error") throw new Problem(JSON.parse(data)?.error ?? t("No answer came. Please try again."));
  }
  throw new Problem(GONE());
}
