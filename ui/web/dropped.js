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

/** A file or a folder that cannot be read is named among the others, as `unreadable`. */
async function walk(entry) {
  const shown = entry.fullPath.replace(/^\//, "");
  try {
    return entry.isFile ? [{ file: await new Promise((...ends) => entry.file(...ends)), shown }] : await inside(entry);
  } catch {
    return [{ file: new File([], entry.name), shown, unreadable: true }];
  }
}

async function inside(folder) {
  const reader = folder.createReader();
  const entries = [];
  // A reader gives some entries at a time, and none at the end.
  for (;;) {
    const some = await new Promise((...ends) => reader.readEntries(...ends));
    if (!some.length) break;
    entries.push(...some);
  }
  entries.sort((one, other) => one.name.localeCompare(other.name));
  return (await Promise.all(entries.map((one) => walk(one)))).flat();
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
