// The desk's comfort; every form works without it.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const noteUnder = (field) => {
    const note = document.createElement("div");
    note.className = "help desk-note";
    note.setAttribute("aria-live", "polite");
    (field.closest(".flex-container") || field).after(note);
    return note;
  };

  // How long the story is, while it is written.
  const body = document.querySelector("textarea[name=body]");
  if (body) {
    const note = noteUnder(body);
    note.removeAttribute("aria-live"); // not at every letter
    const count = () => {
      const words = body.value.split(/\s+/).filter(Boolean).length;
      const paragraphs = body.value.split(/\n\s*\n/).filter((text) => text.trim()).length;
      note.textContent =
        `${words.toLocaleString("en")} word${words === 1 ? "" : "s"}, ` +
        `${paragraphs} paragraph${paragraphs === 1 ? "" : "s"}`;
    };
    body.addEventListener("input", count);
    count();
  }

  // What a date says in words, by the archive's own reading of it.
  const notes = new WeakMap();
  const say = async (field) => {
    const asked = field.value.trim();
    if (!notes.has(field)) notes.set(field, noteUnder(field));
    const note = notes.get(field);
    let told = "";
    if (asked) {
      const answer = await fetch(`${field.dataset.edtf}?date=${encodeURIComponent(asked)}`);
      if (field.value.trim() !== asked) return; // written on meanwhile
      if (answer.ok) {
        const date = await answer.json();
        told = date.error ? `Not understood. ${date.error}` : `Reads: ${date.words}.`;
        if (!date.error && date.earliest !== date.latest)
          told += ` From ${date.earliest || "an unknown day"} to ${date.latest || "an unknown day"}.`;
      }
    }
    note.textContent = told;
  };
  let soon;
  document.addEventListener("input", (event) => {
    if (event.target.dataset.edtf === undefined) return;
    clearTimeout(soon);
    soon = setTimeout(() => say(event.target), 250);
  });
  document.querySelectorAll("[data-edtf]").forEach((field) => field.value && say(field));

  // Django leaves these without a name for those who hear the page.
  document.getElementById("searchbar")?.setAttribute("aria-label", "Search");
  document.querySelectorAll(".datetime input").forEach((field) => {
    const label = field.closest(".form-row")?.querySelector("label, legend")?.textContent || "";
    const half = field.classList.contains("vTimeField") ? "time" : "date";
    field.setAttribute("aria-label", `${label.replace(":", "")}, ${half}`);
  });
  const kinds = document.getElementById("id_change_kind");
  kinds?.setAttribute("role", "radiogroup");
  kinds?.setAttribute("aria-label", "Kind of this change");
  document.querySelectorAll("th.original").forEach((empty) => {
    const cell = document.createElement("td");
    cell.className = empty.className;
    empty.replaceWith(cell);
  });
  const nameOf = (field) => {
    const label = field.closest(".form-row, td")?.querySelector("label")?.textContent;
    return (label || "Choose").replace(":", "");
  };
  const nameChoices = () => {
    document
      .querySelectorAll(".select2-search__field:not([aria-label])")
      .forEach((field) => field.setAttribute("aria-label", nameOf(field)));
    // A choice that is not yet made has no name of its own, and what is chosen is no name either.
    document.querySelectorAll(".select2-selection--single:not([aria-label])").forEach((field) => {
      const chosen = document.getElementById(field.getAttribute("aria-labelledby"));
      chosen.removeAttribute("role"); // it is the text of a box, not another box
      chosen.removeAttribute("aria-readonly");
      field.setAttribute("aria-label", nameOf(field));
      field.id ||= `${chosen.id}-field`;
      field.setAttribute("aria-labelledby", `${field.id} ${chosen.id}`);
    });
    // The cross that empties a list of choices stands in the list, and is none of them.
    document.querySelectorAll("ul.select2-selection__rendered").forEach((list) => {
      const settle = () =>
        list.querySelectorAll(":scope > .select2-selection__clear").forEach((cross) => {
          const item = document.createElement("li");
          cross.replaceWith(item);
          item.append(cross);
        });
      settle();
      new MutationObserver(settle).observe(list, { childList: true });
    });
  };
  // jQuery makes them after the page is ready, on a slow machine even after it is loaded.
  window.addEventListener("load", () => setTimeout(nameChoices));
  document.addEventListener("formset:added", () => setTimeout(nameChoices));
});
