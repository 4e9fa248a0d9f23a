// A button, only where this page can print itself; a saved copy is printed from the browser's menu.

const button = document.querySelector(".print");
button.addEventListener("click", () => print());
button.hidden = false;
