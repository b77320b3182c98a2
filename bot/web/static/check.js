"use strict";
// What attributes of htmx cannot do on the screens of drafts: rich text from the clipboard, copying, one more row.

document.addEventListener("paste", (event) => {
  const field = event.target;
  if (!field.matches("[data-rich]")) return;
  const rich = document.getElementById(field.dataset.rich);
  const replacesAll = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  if (!replacesAll) return;
  const html = event.clipboardData.getData("text/html");
  field.addEventListener("input", () => {
    rich.value = html;
    if (field.matches("[data-checks]")) field.form.requestSubmit();
  }, { once: true });
});
// What is typed into it afterwards is not in the rich text any more.
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-rich]")) document.getElementById(event.target.dataset.rich).value = "";
}, true);

document.addEventListener("click", async (event) => {
  const copies = event.target.closest("[data-copies]");
  if (copies) {
    await navigator.clipboard.writeText(document.getElementById(copies.dataset.copies).value);
    const told = copies.textContent;
    copies.textContent = copies.dataset.copied;
    setTimeout(() => { copies.textContent = told; }, 2000);
  }
  if (event.target.closest("[data-adds-row]")) {
    const rows = document.querySelector("[data-rows]");
    const row = rows.lastElementChild.cloneNode(true);
    for (const field of row.querySelectorAll("input, textarea")) field.value = "";
    rows.append(row);
    row.querySelector("textarea").focus();
  }
});
