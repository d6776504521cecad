// Comfort for the keyboard; every page is whole without it.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "/") {
    const field = [...document.querySelectorAll("input[type=search]")].find(
      (input) => input.offsetParent !== null,
    );
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  }
  if (event.key === "j" || event.key === "k") {
    const titles = [...document.querySelectorAll(".hits h3 a")];
    const at = titles.findIndex((title) => title.closest("li").contains(document.activeElement));
    const next = event.key === "j" ? at + 1 : Math.max(at - 1, 0);
    titles[Math.min(next, titles.length - 1)]?.focus();
  }
});
