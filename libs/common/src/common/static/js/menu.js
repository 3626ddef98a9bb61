// A menu is <details data-menu>: Escape and a press elsewhere close it, and only one is open.

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target) && !event.target.closest("dialog")) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details[data-menu][open]");
  if (!menu || event.target.closest("dialog[open]")) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
