// The view of the documents; where the operator allows it, also adding and removing them.

import { Problem, get, request } from "./server.js";
import { sure } from "./sure.js";

export class Documents {
  constructor(page, source) {
    this.source = source;
    this.view = page.querySelector("section.documents");
    this.list = this.view.querySelector(".listed");
    this.view.addEventListener("click", (event) => {
      const title = event.target.closest("[data-document]");
      const remove = event.target.closest("[data-remove]");
      if (title) this.source.read(title.dataset.document, title);
      const forget = event.target.closest("[data-forget]");
      if (remove) this.remove(remove, `documents?document=${encodeURIComponent(remove.dataset.remove)}`);
      if (forget) this.remove(forget, `kept?id=${encodeURIComponent(forget.dataset.forget)}`);
    });
    this.form = this.view.querySelector(".adding");
    if (this.form) this.takeFiles();
  }

  async show() {
    try {
      this.list.innerHTML = (await get("documents")).html;
    } catch (problem) {
      this.tell(this.list, problem);
    }
  }

  takeFiles() {
    const input = this.form.querySelector("input");
    const drop = this.form.querySelector(".drop");
    input.addEventListener("change", async () => {
      await this.add([...input.files]);
      input.value = "";
    });
    for (const kind of ["dragenter", "dragover"]) {
      this.view.addEventListener(kind, (event) => {
        event.preventDefault();
        drop.classList.add("over");
      });
    }
    this.view.addEventListener("dragleave", () => drop.classList.remove("over"));
    this.view.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      this.add([...event.dataTransfer.files]);
    });
  }

  async add(files) {
    const results = this.form.querySelector(".results");
    results.replaceChildren();
    let read = 0;
    for (const file of files) {
      const item = document.createElement("li");
      const name = document.createElement("strong");
      name.textContent = file.name;
      const state = document.createElement("span");
      state.textContent = "Reading …";
      item.append(name, " ", state);
      results.append(item);
      try {
        const taken = await send(file, (part) => (state.textContent = `Sending, ${Math.round(part * 100)} %`));
        state.textContent = `Read: “${taken.title}”, ${taken.characters.toLocaleString("en")} characters.`;
        item.className = "read";
        read += 1;
      } catch (problem) {
        item.className = "refused";
        this.tell(state, problem);
        state.textContent = state.textContent.replace(`${file.name}: `, "");
      }
    }
    if (read) await this.index(results);
  }

  /** Builds the new generation, showing how far it is. */
  async index(results) {
    const box = this.form.querySelector(".progress");
    const [label, bar] = box.children;
    const last = document.createElement("li");
    box.hidden = false;
    try {
      const response = await request("documents/index", { method: "POST" });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let held = "";
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const lines = (held + part.value).split("\n");
        held = lines.pop();
        for (const line of lines) {
          const step = JSON.parse(line);
          if (step.error) throw new Problem(step.error);
          if (step.total) Object.assign(bar, { max: step.total, value: step.done });
          if (step.doing) label.textContent = `Getting ready to answer from it: ${step.done} of ${step.total}`;
          if (step.documents) {
            last.textContent = `Done. Questions are now answered from ${step.documents} documents.`;
            last.className = "done";
          }
        }
      }
      await this.show();
    } catch (problem) {
      last.className = "refused";
      this.tell(last, problem);
    }
    box.hidden = true;
    results.append(last);
  }

  async remove(button, address) {
    if (!sure(button, "Press again to remove")) return;
    button.disabled = true;
    button.textContent = "Removing …";
    try {
      await request(address, { method: "DELETE" });
      await this.show();
      this.view.focus();
    } catch (problem) {
      this.tell(button.parentElement.querySelector(".path"), problem);
    }
  }

  tell(place, problem) {
    if (!(problem instanceof Problem)) throw problem;
    place.textContent = problem.message;
  }
}

/** Sends one file; `XMLHttpRequest`, because `fetch` does not tell how much has gone out. */
function send(file, progress) {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open("POST", new URL(`documents?name=${encodeURIComponent(file.name)}`, document.baseURI));
    sending.responseType = "json";
    sending.upload.onprogress = (event) => progress(event.loaded / event.total);
    sending.onload = () =>
      sending.status === 200
        ? resolve(sending.response)
        : reject(new Problem(sending.response?.error ?? "The file could not be added."));
    sending.onerror = () => reject(new Problem("The file could not be sent; it may be too large."));
    sending.send(file);
  });
}
