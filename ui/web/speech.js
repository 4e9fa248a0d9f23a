// Reading an answer aloud, with a voice that the browser itself has on this machine; none is fetched.

/** A voice of this machine for a language, or nothing. */
function voice(language) {
  const own = globalThis.speechSynthesis?.getVoices().filter(({ localService }) => localService) ?? [];
  return own.find(({ lang }) => lang.toLowerCase().startsWith(language));
}

export const canSpeak = () => Boolean(voice("en"));

/** Calls back when voices are there; browsers load them late. */
export const whenVoices = (ready) => globalThis.speechSynthesis?.addEventListener?.("voiceschanged", ready);

/** Reads `{ words, lang }` aloud, a sentence at a time, and calls back at the end. */
export function speak(sentences, ended) {
  speechSynthesis.cancel();
  const said = sentences.map(({ words, lang }) => {
    const utterance = new SpeechSynthesisUtterance(words);
    return Object.assign(utterance, { voice: voice(lang) ?? voice("en"), lang });
  });
  said.at(-1).onend = said.at(-1).onerror = ended;
  said.forEach((utterance) => speechSynthesis.speak(utterance));
}

export const hush = () => globalThis.speechSynthesis?.cancel();
