// Conversations, kept in this browser and nowhere else; every tab reads what the others have written.

const KEY = "lightqa.conversations";
const MOST = 30;

const fresh = () => ({ id: crypto.randomUUID?.() ?? String(Math.random()), name: "", started: now(), turns: [] });
const now = () => new Date().toISOString();

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    if (kept.all.every((conversation) => Array.isArray(conversation.turns))) return kept;
  } catch {
    // Nothing kept yet, storage forbidden, or something else written there: start afresh.
  }
  return { open: null, all: [] };
}

export class Conversations {
  constructor() {
    this.open(read().open);
  }

  /** All that are kept, newest first. */
  get all() {
    return read().all;
  }

  open(id) {
    this.current = read().all.find((conversation) => conversation.id === id) ?? fresh();
    this.save();
  }

  begin() {
    this.current = fresh();
    this.save();
  }

  rename(name) {
    this.current.name = name.trim().slice(0, 80);
    this.save();
  }

  clear() {
    const { id } = this.current;
    this.current = fresh();
    this.save(id);
  }

  add(reply) {
    this.current.turns.push({ reply, asked: now() });
    this.save();
  }

  /** The questions so far, oldest first. */
  questions() {
    return this.current.turns.map((turn) => turn.reply.question);
  }

  save(cleared = null) {
    const { current } = this;
    const others = read().all.filter(({ id }) => id !== current.id && id !== cleared);
    const all = [...(current.turns.length ? [current] : []), ...others];
    all.sort((one, other) => other.started.localeCompare(one.started));
    try {
      localStorage.setItem(KEY, JSON.stringify({ open: current.id, all: all.slice(0, MOST) }));
    } catch {
      // Full or forbidden: the conversation goes on, it is only not kept.
    }
  }
}

export const named = (conversation) => conversation.name || conversation.turns[0]?.reply.question || "New conversation";
