// Reading an answer aloud, with a voice that the browser itself has on this machine; none is fetched.

let ended = null;

/** A voice of this machine for a language, or nothing. */
function voice(language) {
  const own = globalThis.speechSynthesis?.getVoices().filter(({ localService }) => localService) ?? [];
  return own.find(({ lang }) => lang.toLowerCase().startsWith(language));
}

export const canSpeak = () => Boolean(voice("en"));

/** Calls back when voices are there; browsers load them late. */
export const whenVoices = (ready) => globalThis.speechSynthesis?.addEventListener?.("voiceschanged", ready);

/** Reads `{ words, lang }` aloud, a part at a time, in the place of what is being read; calls back at the end. */
export function speak(parts, done) {
  hush();
  ended = done;
  const said = parts.map(({ words, lang }) => {
    const utterance = new SpeechSynthesisUtterance(words);
    return Object.assign(utterance, { voice: voice(lang) ?? voice("en"), lang });
  });
  // One that was cut off tells so late, when another may be read.
  said.at(-1).onend = said.at(-1).onerror = () => ended === done && hush();
  said.forEach((utterance) => speechSynthesis.speak(utterance));
}

/** Ends what is being read. */
export function hush() {
  globalThis.speechSynthesis?.cancel();
  ended?.();
  ended = null;
}

addEventListener("pagehide", hush);
