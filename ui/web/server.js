// The only words exchanged with the server: one question through Gradio's queue, or one of the page's own routes.

export class Problem extends Error {}

const BUSY = "Many people are asking just now. Please try again in a moment.";
const GONE = "lightqa cannot be reached. Is it still running? Then try again.";

async function send(path, options) {
  let response;
  try {
    response = await fetch(new URL(path, document.baseURI), options);
  } catch {
    throw new Problem(GONE);
  }
  if (response.ok) return response;
  if (response.status === 503) throw new Problem(BUSY);
  const told = await response.json().catch(() => ({}));
  throw new Problem(typeof told.error === "string" ? told.error : "Something went wrong here. Please try again.");
}

const json = (method, body) => ({
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

export const post = async (path, body) => (await send(path, json("POST", body))).json();
export const get = async (path) => (await send(path)).json();
export const request = send;

/** The JSON of the reply to a question. */
export async function ask(question, earlier) {
  const joined = await post("gradio_api/call/ask", { data: [question, earlier] });
  const stream = await send(`gradio_api/call/ask/${joined.event_id}`);
  for (const message of (await stream.text()).split("\n\n")) {
    const [, event, data] = message.match(/^event: (\w+)\ndata: (.*)$/s) ?? [];
    if (event === "complete") return JSON.parse(data)[0];
    if (event === "error") throw new Problem(JSON.parse(data)?.error ?? "No answer came. Please try again.");
  }
  throw new Problem(GONE);
}
