// Conversations, kept in this browser and nowhere else.
//
// Each has a key of its own: tabs see what the others wrote only after a moment, and one that wrote all
// conversations at once would undo what another had just kept.

const KEY = "lightqa.conversation.";
const OPEN = "lightqa.open";
const MOST = 30;

const fresh = () => ({ id: crypto.randomUUID?.() ?? String(Math.random()), name: "", started: now(), turns: [] });
const now = () => new Date().toISOString();

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    // Storage forbidden, or something else written there.
    return null;
  }
}

function conversation(id) {
  const kept = read(KEY + id);
  return Array.isArray(kept?.turns) ? kept : null;
}

function ids() {
  try {
    return Object.keys(localStorage).flatMap((key) => (key.startsWith(KEY) ? [key.slice(KEY.length)] : []));
  } catch {
    return [];
  }
}

export class Conversations {
  constructor() {
    this.open(read(OPEN));
  }

  /** All that are kept, newest first. */
  get all() {
    const all = ids().map(conversation).filter(Boolean);
    return all.sort((one, other) => other.started.localeCompare(one.started));
  }

  open(id) {
    this.current = conversation(id) ?? fresh();
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
    try {
      localStorage.setItem(OPEN, JSON.stringify(current.id));
      if (cleared) localStorage.removeItem(KEY + cleared);
      if (!current.turns.length) return;
      localStorage.setItem(KEY + current.id, JSON.stringify(current));
      for (const { id } of this.all.slice(MOST)) localStorage.removeItem(KEY + id);
    } catch {
      // Full or forbidden: the conversation goes on, it is only not kept.
    }
  }

  /** Calls back when another tab has kept or cleared one. */
  onElsewhere(changed) {
    window.addEventListener("storage", ({ key }) => {
      if (key === null || key.startsWith(KEY)) changed();
    });
  }
}

export const named = (conversation) => conversation.name || conversation.turns[0]?.reply.question || "New conversation";
