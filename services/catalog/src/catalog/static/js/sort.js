// A list that is sorted by dragging; its arrow buttons do the same by keyboard, and without script by the server.

for (const form of document.querySelectorAll("[data-sort]")) {
  let held = null;
  const changed = () => {
    form.querySelector("[data-sort-save]")?.removeAttribute("hidden");
    form.dispatchEvent(new CustomEvent("changed", { bubbles: true }));
  };
  form.addEventListener("dragstart", (event) => {
    held = event.target.closest("[data-sort-item]");
    held?.classList.add("is-held");
  });
  form.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-sort-item]");
    if (!held || !over) return;
    event.preventDefault();
    if (over !== held) place(held, over);
  });
  form.addEventListener("drop", (event) => event.preventDefault());
  form.addEventListener("dragend", () => {
    held?.classList.remove("is-held");
    if (held) changed();
    held = null;
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sort-move]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("[data-sort-item]");
    const beside = Number(button.dataset.sortMove) < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!beside) return;
    place(item, beside);
    button.focus();
    changed();
  });
}

function place(item, over) {
  const items = [...over.parentElement.children];
  if (items.indexOf(item) < items.indexOf(over)) over.after(item);
  else over.before(item);
}
