// A list that is sorted by dragging; its arrow buttons do the same by keyboard and without script.

for (const form of document.querySelectorAll("[data-sort]")) {
  let held = null;
  form.addEventListener("dragstart", (event) => {
    held = event.target.closest("[data-sort-item]");
    held?.classList.add("is-held");
  });
  form.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-sort-item]");
    if (!held || !over || over === held) return;
    event.preventDefault();
    const items = [...over.parentElement.children];
    if (items.indexOf(held) < items.indexOf(over)) over.after(held);
    else over.before(held);
  });
  form.addEventListener("dragend", () => {
    held?.classList.remove("is-held");
    held = null;
    form.querySelector("[data-sort-save]").hidden = false;
  });
}
