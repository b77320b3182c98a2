"use strict";
// The little that attributes of htmx cannot do: the browser's zone, what vanishes, dropped files.

document.cookie = "zone=" + encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone) + "; SameSite=Strict; path=/";

// ---------------------------------------------------------------- what is told

function vanish() {
  for (const told of document.querySelectorAll("[data-vanish]")) {
    const seconds = Number(told.dataset.vanish);
    delete told.dataset.vanish;
    setTimeout(() => told.remove(), seconds * 1000);
  }
}
document.addEventListener("htmx:oobAfterSwap", vanish);
document.addEventListener("htmx:afterSettle", vanish);

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) event.target.closest(".told").remove();
});

document.addEventListener("htmx:sendError", () => {
  const told = document.createElement("p");
  told.className = "told refusal";
  told.textContent = document.body.dataset.gone;
  document.getElementById("told").replaceChildren(told);
});

// ---------------------------------------------------------------- bringing

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && event.target.matches("[data-submits]")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

document.addEventListener("dragover", (event) => {
  if (document.querySelector("[data-drop]")) {
    event.preventDefault();
    document.body.classList.add("drop-here");
  }
});
document.addEventListener("dragleave", () => document.body.classList.remove("drop-here"));
document.addEventListener("drop", (event) => {
  const field = document.querySelector("[data-drop]");
  document.body.classList.remove("drop-here");
  if (!field || !event.dataTransfer.files.length) return;
  event.preventDefault();
  field.files = event.dataTransfer.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.form.requestSubmit();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-drop]") && event.isTrusted) event.target.form.requestSubmit();
});

// ---------------------------------------------------------------- asking

document.addEventListener("input", (event) => {
  const choice = document.getElementById(event.target.dataset.chooses ?? "");
  if (choice) choice.checked = true;
});
