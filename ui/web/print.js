// A button, only where this page can print itself; a saved copy is printed from the browser's menu.

const button = document.createElement("button");
button.type = "button";
button.textContent = "Print";
button.addEventListener("click", () => print());
document.querySelector("header").append(button);
