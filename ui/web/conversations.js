// Conversations, kept in this browser and nowhere else.
//
// Each has a key of its own, and so has each of its turns: tabs see what the others wrote only after a
// moment, and one that wrote more than what is new would undo what another had just kept.

import { t } from "./texts.js";

const KEY = "lightqa.conversation.";
const TURN = "lightqa.turn.";
const OPEN = "lightqa.open";
const MOST = 30;

const now = () => new Date().toISOString();
const unique = () => crypto.randomUUID?.() ?? String(Math.random()).slice(2);
const fresh = () => ({ id: unique(), name: "", started: now(), turns: [] });
const byTime = (one, other) => one.asked.localeCompare(other.asked);

/** When something was last asked in a conversation. */
export const latest = ({ started, turns }) => turns.at(-1)?.asked ?? started;

/** What is kept under a key; storage may be forbidden, or something else may be written there. */
function read(key, storage = () => localStorage) {
  try {
    return JSON.parse(storage().getItem(key));
  } catch {
    return null;
  }
}

function keys(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

const turnsOf = (id) => keys(`${TURN}${id}.`);

/** The keys under which a conversation is kept: its own, and one for each turn. */
const keysOf = (id) => [KEY + id, ...turnsOf(id)];

function conversation(id) {
  const kept = read(KEY + id);
  if (!kept?.started) return null;
  const turns = turnsOf(id).map((key) => ({ ...read(key), key })).filter((turn) => turn.reply);
  return { ...kept, turns: turns.sort(byTime) };
}

const forget = (id) => keysOf(id).forEach((key) => localStorage.removeItem(key));

/** All that is kept of some conversations, by key. */
const contents = (ids) => ids.flatMap(keysOf).map((key) => [key, localStorage.getItem(key)]);

export class Conversations {
  constructor() {
    this.forgotten = new Set();
    // A reload stays in the conversation of its own tab; a new tab goes on with the last one.
    this.open(read(OPEN, () => sessionStorage) ?? read(OPEN));
  }

  /** All that are kept, that in which something was asked last first. */
  get all() {
    const all = keys(KEY).map((key) => conversation(key.slice(KEY.length))).filter(Boolean);
    return all.sort((one, other) => latest(other).localeCompare(latest(one)));
  }

  open(id) {
    this.current = conversation(id) ?? fresh();
    this.keep(() => {
      const opened = JSON.stringify(this.current.id);
      localStorage.setItem(OPEN, opened);
      sessionStorage.setItem(OPEN, opened);
    });
  }

  begin() {
    this.open(null);
  }

  rename(name) {
    this.current.name = name.trim().slice(0, 80);
    this.keep(() => this.write(this.current));
  }

  /** Forgets the open conversation at once, and returns what brings it back. */
  clear() {
    return this.forget([this.current.id]);
  }

  /** Forgets all conversations at once, and returns what brings them back. */
  clearAll() {
    return this.forget([...this.all.map(({ id }) => id), this.current.id]);
  }

  forget(ids) {
    const opened = this.current.id;
    const entries = ids.length && keys(KEY).length ? contents(ids) : [];
    this.keep(() => ids.forEach(forget));
    ids.forEach((id) => this.forgotten.add(id));
    this.begin();
    return () => {
      this.keep(() => entries.forEach(([key, value]) => value !== null && localStorage.setItem(key, value)));
      this.open(opened);
    };
  }

  /**
   * Puts a reply into the conversation in which it was asked for, whichever is open by now, in the place of the turn
   * whose key it `replaces`; says whether it is `kept`, and null where the conversation was cleared.
   */
  add(conversation, reply, replaces) {
    if (this.forgotten.has(conversation.id) && !read(KEY + conversation.id)) return null;
    const turn = { reply, asked: now() };
    const key = `${TURN}${conversation.id}.${unique()}`;
    const asked = conversation.id === this.current.id ? this.current : conversation;
    asked.turns = [...asked.turns.filter((other) => other.key !== replaces), { ...turn, key }];
    const kept = this.store(asked, key, JSON.stringify(turn));
    this.keep(() => {
      if (kept && replaces) localStorage.removeItem(replaces);
      for (const { id } of this.all.slice(MOST)) forget(id);
    });
    return { kept };
  }

  /** Keeps a turn, where there is no room in that of the oldest conversations; they stay where it does not help. */
  store(asked, key, turn) {
    const given = [];
    for (;;) {
      try {
        this.write(asked);
        localStorage.setItem(key, turn);
        return true;
      } catch {
        const oldest = this.all.filter(({ id }) => id !== asked.id).at(-1);
        if (oldest) {
          given.push(...contents([oldest.id]));
          forget(oldest.id);
          continue;
        }
        this.keep(() => {
          if (!turnsOf(asked.id).length) forget(asked.id);
          given.forEach((entry) => localStorage.setItem(...entry));
        });
        return false;
      }
    }
  }

  /** Keeps a reply to which something was added, in the place of what was kept of it. */
  rewrite(reply) {
    const kept = keys(TURN).find((key) => {
      const other = read(key)?.reply;
      return other && other.question === reply.question && other.seconds === reply.seconds;
    });
    if (kept) this.keep(() => localStorage.setItem(kept, JSON.stringify({ ...read(kept), reply })));
  }

  /** The questions so far, oldest first, without that of the turn that is asked anew. */
  questions(replaces = null) {
    return this.current.turns.filter(({ key }) => key !== replaces).map((turn) => turn.reply.question);
  }

  /** The questions before a reply, oldest first. */
  before(reply) {
    const at = this.current.turns.findIndex((turn) => turn.reply === reply);
    return this.questions().slice(0, Math.max(at, 0));
  }

  write({ id, name, started }) {
    localStorage.setItem(KEY + id, JSON.stringify({ id, name, started }));
  }

  keep(how) {
    try {
      how();
    } catch {
      // Full or forbidden: the conversation goes on, it is only not kept.
    }
  }

  /** Calls back when another tab `added` a turn to the open conversation, `cleared` it, or changed any. */
  onElsewhere({ added, cleared, changed }) {
    window.addEventListener("storage", ({ key, newValue, oldValue }) => {
      const { current } = this;
      if (key === KEY + current.id && newValue) current.name = JSON.parse(newValue).name;
      if (key === null || (key === KEY + current.id && !newValue)) {
        this.forgotten.add(current.id);
        this.begin();
        cleared();
      } else if (key.startsWith(`${TURN}${current.id}.`) && newValue && !oldValue) {
        const turn = { ...JSON.parse(newValue), key };
        current.turns.push(turn);
        current.turns.sort(byTime);
        added(turn, current.turns.indexOf(turn));
      } else if (current.turns.some((turn) => turn.key === key)) {
        this.open(current.id);
        cleared();
      }
      if (key === null || key.startsWith(KEY) || key.startsWith(TURN)) changed();
    });
  }
}

export const nameOf = (conversation) =>
  conversation.name || conversation.turns[0]?.reply.question || t("New conversation");
