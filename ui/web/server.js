// The only words exchanged with the server: one question through Gradio's queue, or one of the page's own routes.

import { t } from "./texts.js";

export class Problem extends Error {}

/** What a person is told of a problem; an error of our own making is thrown on. */
export function messageOf(problem) {
  if (!(problem instanceof Problem)) throw problem;
  return problem.message;
}

const BUSY = () => t("Many people are asking just now. Please try again in a moment.");
const GONE = () => t("lightqa cannot be reached. Is it still running? Then try again.");

/** What comes of `how`; a connection that breaks, also halfway, and what is no JSON are told as one problem. */
async function come(how) {
  try {
    return await how();
  } catch (problem) {
    throw problem.name === "AbortError" ? problem : new Problem(GONE());
  }
}

async function send(path, options) {
  const response = await come(() => fetch(new URL(path, document.baseURI), options));
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

async function object(path, options) {
  const response = await send(path, options);
  return come(() => response.json());
}

export const post = (path, body, signal) => object(path, { ...json("POST", body), signal });
export const get = (path) => object(path);
export const request = send;

/** What the server tells to a POST line by line, while it is at it. */
export async function* lines(path, body, signal) {
  const response = await send(path, { ...json("POST", body), signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await come(() => reader.read());
    if (done) return;
    const whole = (rest + value).split("\n");
    rest = whole.pop();
    for (const line of whole) yield await come(() => JSON.parse(line));
  }
}

/** The JSON of the reply to a question, from one document alone where `only` is its path. */
export async function ask(question, earlier, only, signal) {
  const call = only ? "gradio_api/call/ask_within" : "gradio_api/call/ask";
  const data = only ? [question, earlier, only] : [question, earlier];
  const { event_id: id } = await post(call, { data }, signal);
  const stream = await send(`${call}/${id}`, { signal });
  const told = await come(() => stream.text());
  for (const message of told.split("\n\n")) {
    const [, event, data] = message.match(/^event: (\w+)\ndata: (.*)$/s) ?? [];
    if (event === "complete") return JSON.parse(data)[0];
    if (event === "error") throw new Problem(JSON.parse(data)?.error ?? t("No answer came. Please try again."));
  }
  throw new Problem(GONE());
}
