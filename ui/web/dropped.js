// The files of a drop or a choice, folders opened up, each with the name under which it is sent.

/** Every file of what was dropped: folders are walked. */
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ file, shown: file.name }));
  return (await Promise.all(entries.map((entry) => walk(entry)))).flat();
}

/** Every file of a chooser; that of a folder names the way to each. */
export const chosen = (input) =>
  [...input.files].map((file) => ({ file, shown: file.webkitRelativePath || file.name }));

async function walk(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ file, shown: entry.fullPath.replace(/^\//, "") }];
  }
  const reader = entry.createReader();
  const inside = [];
  // A reader gives some entries at a time, and none at the end.
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) break;
    inside.push(...some);
  }
  inside.sort((one, other) => one.name.localeCompare(other.name));
  return (await Promise.all(inside.map((one) => walk(one)))).flat();
}

/** The name to send each file under: where two folders have the same, the folder's name goes in front. */
export function named(files) {
  const taken = new Set();
  return files.map((each) => {
    let name = each.file.name;
    if (taken.has(name)) name = each.shown.replaceAll("/", " - ");
    taken.add(name);
    return { ...each, name };
  });
}
