// Comfort for the keyboard; every page is whole without it.
"use strict";

// Single keys disturb those who speak to their computer: they can be turned off (WCAG 2.1.4).
const KEPT = "keys-off";
const remembered = () => {
  try {
    return localStorage.getItem(KEPT) !== null;
  } catch {
    return false; // storage is refused: the choice holds for this page
  }
};
let areKeysOff = remembered();

const links = document.querySelector(".foot ul");
if (links) {
  const toggle = document.createElement("button");
  toggle.type = "button";
  toggle.className = "switch";
  const say = () => (toggle.textContent = `Keys / j k: ${areKeysOff ? "off" : "on"}`);
  toggle.addEventListener("click", () => {
    areKeysOff = !areKeysOff;
    try {
      if (areKeysOff) localStorage.setItem(KEPT, "1");
      else localStorage.removeItem(KEPT);
    } catch {
      // as above
    }
    say();
  });
  say();
  const item = document.createElement("li");
  item.append(toggle);
  links.append(item);
}

document.addEventListener("keydown", (event) => {
  if (areKeysOff || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
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
