// [data-rows]: the last row is a fresh one. Its neighbour [data-row-add] makes more, [data-row-remove] takes one away.

for (const rows of document.querySelectorAll("[data-rows]")) {
  const add = rows.parentElement.querySelector(":scope > [data-row-add]");
  const fresh = rows.lastElementChild.cloneNode(true);
  if (rows.children.length > 1) rows.lastElementChild.remove();
  add.hidden = false;
  add.addEventListener("click", () => {
    const row = fresh.cloneNode(true);
    rename(row, `new-${Date.now()}`);
    rows.append(row);
    number(rows);
    show(row);
    row.querySelector("input:not([type=hidden])").focus();
  });
  for (const row of rows.children) show(row);
}

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row-remove]")?.closest("[data-row]");
  if (!row) return;
  const rows = row.parentElement;
  const form = row.closest("form");
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  number(rows);
  form.dispatchEvent(new CustomEvent("changed", { bubbles: true }));
  const target = next?.querySelector("input:not([type=hidden]), button") ?? rows.parentElement.querySelector("[data-row-add], input[type=file]");
  target?.focus();
});

export function show(row) {
  for (const button of row.querySelectorAll("[data-row-remove]")) button.hidden = false;
  for (const plain of row.querySelectorAll("[data-row-plain]")) plain.remove();
}

for (const file of document.querySelectorAll("[data-files] > [data-row]")) show(file);

function number(rows) {
  rows.querySelectorAll("[data-row-number]").forEach((place, at) => { place.textContent = at + 1; });
}

function rename(row, ending) {
  for (const input of row.querySelectorAll("[id]")) {
    for (const label of row.querySelectorAll(`label[for="${CSS.escape(input.id)}"]`)) label.htmlFor = `${input.id}-${ending}`;
    input.id = `${input.id}-${ending}`;
  }
  for (const input of row.querySelectorAll("[aria-describedby]")) {
    input.setAttribute("aria-describedby", input.getAttribute("aria-describedby").split(" ").map((id) => `${id}-${ending}`).join(" "));
  }
}
