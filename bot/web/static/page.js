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
document.addEventListener("submit", (event) => {
  if (event.target.id === "ask") document.getElementById("send").disabled = true;
});
document.addEventListener("htmx:afterSwap", () => {
  const found = document.querySelector("[data-send]");
  if (!found) return;
  const button = document.getElementById("send");
  button.disabled = !("ready" in found.dataset);
  button.textContent = found.dataset.send;
});

// ---------------------------------------------------------------- copying

// The clipboard is asked for while the key is down, and filled when the server has said whether it may be quoted.
async function copy(button) {
  const asked = fetch(button.dataset.copy, { headers: { "HX-Request": "true" } }).then(async (answer) => {
    if (!answer.ok) throw new Refused(await answer.text());
    return answer.json();
  });
  const give = (kind, type) => asked.then((found) => new Blob([found[kind]], { type }));
  const kind = button.dataset.as;
  const item = kind
    ? { "text/plain": give(kind, "text/plain") }
    : { "text/html": give("html", "text/html"), "text/plain": give("plain", "text/plain") };
  try {
    await navigator.clipboard.write([new ClipboardItem(item)]);
  } catch (error) {
    await asked.catch((refused) => tell(refused.told));
    return;
  }
  tell((await asked).told);
}

class Refused extends Error {
  constructor(told) {
    super("refused");
    this.told = told;
  }
}

function tell(told) {
  const parsed = document.createElement("template");
  parsed.innerHTML = told; // of our own templates
  document.getElementById("told").replaceChildren(...parsed.content.firstElementChild.children);
  vanish();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
  const letter = event.target.closest("[data-copy-text]");
  if (letter) navigator.clipboard.writeText(letter.previousElementSibling.textContent);
});

// ---------------------------------------------------------------- answers: the passage

function choosePassage() {
  const selection = document.getSelection();
  const words = selection.toString().trim();
  const within = selection.anchorNode && selection.anchorNode.parentElement.closest("[data-choose]");
  if (!words || !within || !within.contains(selection.focusNode)) return;
  htmx.ajax("POST", within.dataset.choose, { values: { words }, target: "#one" });
}
document.addEventListener("mouseup", (event) => {
  if (event.target.closest("[data-choose]")) choosePassage();
});

// ---------------------------------------------------------------- answers: the list and its keys

let shown = null;

function mark() {
  const answer = document.querySelector("[data-answer]");
  shown = answer ? answer.dataset.answer : shown;
  for (const link of document.querySelectorAll("a[data-reply]")) {
    if (link.dataset.reply === shown) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
document.addEventListener("htmx:afterSettle", mark);

// Answers that came after the screen was opened: the best so far is shown, once, as it is where there were some before.
// While they are read, what nobody judged yet is no best one.
document.addEventListener("htmx:afterSettle", () => {
  const isReading = document.querySelector("#list [data-reading]");
  const best = document.querySelector(isReading ? "a[data-reply]:not([data-unjudged])" : "a[data-reply]");
  const one = document.querySelector("#one:empty:not([data-filled])");
  if (!best || !one) return;
  one.dataset.filled = "";
  htmx.ajax("GET", best.getAttribute("href"), { target: "#one" });
});

// How many stand on each shelf changes with the list.
document.addEventListener("htmx:afterSettle", () => {
  const told = document.querySelector("[data-counts]");
  if (!told) return;
  const counts = JSON.parse(told.dataset.counts);
  for (const option of document.querySelectorAll("#shelf option")) {
    if (option.value in counts) option.textContent = `${option.dataset.name} (${counts[option.value]})`;
  }
});

// Where the answer stands below the list, it is brought to whoever opened it.
document.addEventListener("htmx:afterSwap", (event) => {
  const one = event.target;
  if (one.id !== "one") return;
  if (window.innerWidth < 960 && one.dataset.filled !== "") one.scrollIntoView();
  one.dataset.filled = "by hand";
});

function move(by) {
  const links = [...document.querySelectorAll("a[data-reply]")];
  const at = links.findIndex((link) => link.dataset.reply === shown);
  const next = links[Math.min(links.length - 1, Math.max(0, at + by))];
  if (!next || next.dataset.reply === shown) return;
  shown = next.dataset.reply;
  next.focus();
  next.click();
}

function keysAreOn() {
  const box = document.querySelector("[data-keys]");
  return box !== null && box.checked;
}

document.addEventListener("keydown", (event) => {
  if (!keysAreOn() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
  const button = event.shiftKey && document.querySelector(`#one [data-key="${event.key}"]`);
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "/") document.querySelector("[data-search]").focus();
  else if (button) button.click();
  else return;
  event.preventDefault();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-keys]")) localStorage.setItem("keys", event.target.checked ? "on" : "off");
});

document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("[data-keys]");
  if (box) box.checked = localStorage.getItem("keys") !== "off";
  mark();
});
