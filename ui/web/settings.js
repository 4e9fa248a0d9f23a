// How the page looks and speaks: light or dark, the size of the text, the language.

import { keep, kept } from "./kept.js";
import { LANGUAGES, language, t, chooseLanguage } from "./texts.js";

const THEME = "lightqa.theme";
const SIZE = "lightqa.size";
const SIZES = [87.5, 100, 112.5, 125, 150, 175];
const USUAL = 1;
const dark = matchMedia("(prefers-color-scheme: dark)");

let theme = kept(THEME);
let size = SIZES[kept(SIZE)] ? Number(kept(SIZE)) : USUAL;

function paint() {
  document.documentElement.style.colorScheme = theme ?? "light dark";
  document.documentElement.style.fontSize = `${SIZES[size]}%`;
  if (document.documentElement.lang !== language) document.documentElement.lang = language;
}

// Before anything is shown; and again when Gradio names the browser's language instead of the page's.
paint();
new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ["lang"] });

export class Settings {
  constructor(page) {
    this.theme = page.querySelector("[data-action=theme]");
    this.theme.addEventListener("click", () => {
      theme = this.isDark ? "light" : "dark";
      keep(THEME, theme);
      this.show();
    });
    this.sizes = page.querySelectorAll("[data-size]");
    for (const button of this.sizes) {
      button.addEventListener("click", () => {
        size = Math.min(Math.max(size + Number(button.dataset.size), 0), SIZES.length - 1);
        keep(SIZE, size);
        this.show();
      });
    }
    const choice = page.querySelector(".language");
    for (const [code, name] of Object.entries(LANGUAGES)) {
      const option = new Option(name, code, false, code === language);
      option.lang = code;
      choice.append(option);
    }
    choice.addEventListener("change", () => chooseLanguage(choice.value));
    dark.addEventListener("change", () => this.show());
    this.show();
  }

  get isDark() {
    return theme ? theme === "dark" : dark.matches;
  }

  show() {
    paint();
    this.theme.textContent = this.isDark ? t("Light") : t("Dark");
    for (const button of this.sizes) {
      const next = size + Number(button.dataset.size);
      button.disabled = !SIZES[next];
    }
  }
}
