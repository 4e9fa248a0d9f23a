// Adding documents: each file is sent and read, then all are indexed; a table tells what was read and what not.

import { chosen, dropped, named } from "./dropped.js";
import { button, element } from "./elements.js";
import { Problem, lines, messageOf } from "./server.js";
import { counted, language, t } from "./texts.js";

export class Adding {
  constructor(page) {
    this.page = page;
    if (!("kinds" in page.dataset)) return;
    this.kinds = new Set(page.dataset.kinds.split(","));
    this.largest = Number(page.dataset.largest);
    const view = page.querySelector("section.documents");
    const account = view.querySelector(".account");
    const drop = view.querySelector(".drop");
    for (const input of view.querySelectorAll("input[type=file]")) this.take(input, account);
    this.take(page.querySelector("#attachments"), page.querySelector(".attached"));
    // Text that is dragged into the box is the browser's business.
    const brings = (event) => event.dataTransfer.types.includes("Files");
    for (const kind of ["dragenter", "dragover"]) {
      page.addEventListener(kind, (event) => {
        if (!brings(event)) return;
        event.preventDefault();
        drop.classList.add("over");
      });
    }
    page.addEventListener("dragleave", () => drop.classList.remove("over"));
    page.addEventListener("drop", async (event) => {
      if (!brings(event)) return;
      event.preventDefault();
      drop.classList.remove("over");
      const inChat = event.target.closest("section.chat");
      const files = await dropped(event.dataTransfer);
      await this.add(files, inChat ? page.querySelector(".attached") : account);
    });
  }

  take(input, account) {
    input.addEventListener("change", async () => {
      await this.add(chosen(input), account);
      input.value = "";
    });
  }

  /** @param files `{ file, shown }` of each. @param place Where the account is shown. */
  async add(files, place) {
    if (!files.length) return;
    const told = new Account(place);
    try {
      for (const each of named(files)) await this.give(each, told.row(each.shown));
      if (told.taken.length) await this.index(told);
    } finally {
      told.sum();
    }
  }

  /** Sends one file and tells in its row what was read of it. */
  async give({ file, unreadable, name }, row) {
    try {
      const refused = unreadable ? t("cannot be read") : this.refusal(file);
      if (refused) throw new Problem(refused);
      const taken = await send(file, name, (part) => row.doing(t("Sending, {part} %", { part: Math.round(part * 100) })));
      row.read(taken);
    } catch (problem) {
      row.refused(messageOf(problem).replace(`${name}: `, ""));
    }
  }

  /** Why a file need not be sent at all; empty where it may be. */
  refusal(file) {
    const kind = file.name.toLowerCase().match(/\.[^.]+$/)?.[0] ?? "";
    if (!this.kinds.has(kind)) return t("is of a kind that is not read");
    if (file.size > this.largest) return t("is larger than {most} MB", { most: this.largest / 1_000_000 });
    return "";
  }

  /** Builds the new generation, showing how far it is. */
  async index(told) {
    try {
      for await (const step of lines(`documents/index?language=${language}`)) {
        if (step.error) throw new Problem(step.error);
        if (step.total) told.progress(step.done, step.total);
        if (step.documents) told.done(step.documents);
      }
      this.page.dispatchEvent(new Event("changed"));
    } catch (problem) {
      told.failed(messageOf(problem));
    }
  }
}

/** The table of what was read of some files, and what not and why. */
class Account {
  constructor(place) {
    this.place = place;
    this.place.ariaBusy = "true";
    this.inChat = place.matches(".attached");
    this.taken = [];
    this.count = 0;
    this.body = element("tbody");
    const titles = ["File", "Read?", "What"].map((words) => element("th", { scope: "col", textContent: t(words) }));
    this.line = element("p", { className: "sum" });
    this.bar = element("progress", { hidden: true, ariaLabel: t("Getting ready to answer from it") });
    const head = element("thead", {}, element("tr", {}, ...titles));
    place.replaceChildren(this.line, this.bar, element("table", {}, head, this.body));
  }

  row(shown) {
    this.count += 1;
    const what = element("td", { textContent: t("Reading …") });
    const read = element("td");
    const line = element("tr", {}, element("td", { textContent: shown, dir: "auto" }), read, what);
    this.body.append(line);
    return {
      doing: (words) => (what.textContent = words),
      read: ({ path, title, characters, unread }) => {
        line.className = unread ? "read partly" : "read";
        read.textContent = unread ? t("in part") : t("yes");
        const name = element("strong", { textContent: title, dir: "auto" });
        const only = button(t("Ask only this document"), null, { disabled: true, dataset: { only: path } });
        // In the chat the title names the document that is asked alone; elsewhere the list below offers that.
        const said = t("{count} characters", { count: characters.toLocaleString(language) });
        what.replaceChildren(name, ` · ${said}`, ...(this.inChat ? [" ", only] : []));
        if (unread) what.append(element("p", { className: "unread" }, `${t("Not all read")}: ${unread}.`));
        what.className = "attached-title";
        this.taken.push(only);
      },
      refused: (why) => {
        line.className = "refused";
        read.textContent = t("no");
        what.textContent = why;
      },
    };
  }

  progress(done, total) {
    Object.assign(this.bar, { hidden: false, max: total, value: done });
    this.line.textContent = t("Getting ready to answer from it");
  }

  done(documents) {
    for (const only of this.taken) only.disabled = false;
    this.after = t("Questions are now answered from {documents}.", { documents: counted(documents, "document") });
  }

  failed(message) {
    this.after = message;
  }

  sum() {
    this.place.ariaBusy = "false";
    this.bar.hidden = true;
    const all = counted(this.count, "file");
    this.line.textContent = `${t("{read} of {all} read.", { read: this.taken.length, all })} ${this.after ?? ""}`;
  }
}

/** Sends one file; `XMLHttpRequest`, because `fetch` does not tell how much has gone out. */
function send(file, name, progress) {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open("POST", new URL(`documents?name=${encodeURIComponent(name)}&language=${language}`, document.baseURI));
    sending.responseType = "json";
    sending.upload.onprogress = (event) => progress(event.loaded / event.total);
    sending.onload = () =>
      sending.status === 200 && sending.response
        ? resolve(sending.response)
        : reject(new Problem(sending.response?.error ?? t("The file could not be added.")));
    sending.onerror = () => reject(new Problem(t("The file could not be sent; it may be too large.")));
    sending.send(file);
  });
}
