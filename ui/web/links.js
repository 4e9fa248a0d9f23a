// A link to one answer: its question, and those before it, in the fragment, which browsers send nowhere.

const QUESTION = "ask";
const BEFORE = "after";

export function linkTo(earlier, question) {
  const named = new URLSearchParams([...earlier.map((one) => [BEFORE, one]), [QUESTION, question]]);
  return `${location.origin}${location.pathname}#${named}`;
}

/** The questions that the fragment names, `{ earlier, question }`, or nothing. */
export function linked() {
  const named = new URLSearchParams(location.hash.slice(1));
  const question = named.get(QUESTION);
  return question ? { question, earlier: named.getAll(BEFORE) } : null;
}

/** Opens the answer that the fragment names: a kept one where this browser has it, else asked anew. */
export async function follow(chat, conversations) {
  const link = linked();
  if (!link) return false;
  // Out of the address, so that a reload stays where the person is.
  history.replaceState(null, "", `${location.pathname}${location.search}`);
  const wanted = [...link.earlier, link.question];
  const same = ({ turns }) => wanted.every((question, at) => turns[at]?.reply.question === question);
  const kept = [conversations.current, ...conversations.all].find(same);
  conversations.open(kept?.id ?? null);
  await chat.restore();
  if (kept) {
    chat.turns.querySelectorAll(".turn")[wanted.length - 1].scrollIntoView({ block: "start", behavior: "instant" });
    return true;
  }
  const { id } = conversations.current;
  for (const question of wanted) {
    // The person may have gone on to another conversation.
    if (conversations.current.id === id) await chat.answer(question);
  }
  return true;
}
