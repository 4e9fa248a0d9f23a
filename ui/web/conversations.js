// Conversations, kept in this browser and nowhere else.

const KEY = "lightqa.conversations";
const MOST = 30;

const fresh = () => ({ id: crypto.randomUUID?.() ?? String(Math.random()), name: "", started: now(), turns: [] });
const now = () => new Date().toISOString();

export class Conversations {
  constructor() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(KEY));
    } catch {
      // A browser may forbid storage, or another program may have written there: start afresh.
    }
    this.all = Array.isArray(kept?.all) && kept.all.every((c) => Array.isArray(c?.turns)) ? kept.all : [];
    this.open(kept?.open);
  }

  open(id) {
    this.current = this.all.find((conversation) => conversation.id === id) ?? fresh();
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

  remove(id) {
    this.all = this.all.filter((conversation) => conversation.id !== id);
    if (this.current.id === id) this.current = fresh();
    this.save();
  }

  add(reply) {
    this.current.turns.push({ reply, asked: now() });
    if (!this.all.includes(this.current)) this.all.unshift(this.current);
    this.all = this.all.slice(0, MOST);
    this.save();
  }

  /** The questions so far, oldest first. */
  questions() {
    return this.current.turns.map((turn) => turn.reply.question);
  }

  save() {
    try {
      localStorage.setItem(KEY, JSON.stringify({ open: this.current.id, all: this.all }));
    } catch {
      // Full or forbidden: the conversation goes on, it is only not kept.
    }
  }
}

export const named = (conversation) => conversation.name || conversation.turns[0]?.reply.question || "New conversation";
