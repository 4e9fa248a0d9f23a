// Which of the questions asked in advance fit what is being typed. Nothing leaves the browser for it.

const COMMON = new Set(
  ("a an the is are am be was were do does did can could should would will may might must i me my we you your it its " +
    "this that these those of for to in on at with from by and or if as not no what which who when where why how " +
    "have has had get got there any some about tell please").split(" "),
);
const COMMON_WEIGHT = 0.15;
const FITS = 0.55;

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
export const words = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const stem = (word) => (word.length > 4 ? word.replace(/(ies|es|s|ing|ed|y)$/, "") : word);

export class Matching {
  /** @param rows [question, name of the place that answers it] of each question. */
  constructor(rows) {
    this.rows = rows.map(([question, place]) => ({ question, place, words: words(question) }));
    this.held = new Map();
    for (const row of this.rows) {
      for (const word of new Set(row.words.map(stem))) this.held.set(word, (this.held.get(word) ?? 0) + 1);
    }
  }

  /** The questions that fit best, at most one for each place. */
  best(typed, most) {
    const asked = words(typed);
    const unfinished = /[\p{L}\p{N}]$/u.test(typed) ? asked.length - 1 : -1;
    if (typed.trim().length < 3 || !asked.length) return [];
    const weights = asked.map((word) => this.weight(word));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const told = asked.join(" ");
    const scored = this.rows.map((row) => {
      const found = asked.map((word, at) => weights[at] * this.match(word, row.words, at === unfinished));
      const share = found.reduce((sum, weight) => sum + weight, 0) / whole;
      const begins = row.words.join(" ").startsWith(told) ? 0.2 : 0;
      return { ...row, share, score: share + begins - row.question.length / 1000 };
    });
    const places = new Set();
    return scored
      .filter(({ share }) => share >= FITS)
      .sort((one, other) => other.score - one.score)
      .filter(({ place }) => !places.has(place) && places.add(place))
      .slice(0, most)
      .map(({ question }) => question);
  }

  /** How much a word says: one that few questions have says most. */
  weight(word) {
    if (COMMON.has(word)) return COMMON_WEIGHT;
    return 1 + Math.log(this.rows.length / (this.held.get(stem(word)) ?? 1));
  }

  match(word, own, unfinished) {
    if (own.includes(word)) return 1;
    if (unfinished && own.some((other) => other.startsWith(word))) return 0.9;
    return own.some((other) => stem(other) === stem(word)) ? 0.9 : 0;
  }
}
